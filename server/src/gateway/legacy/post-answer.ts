import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { ServerResponse } from 'node:http';
import { whenClosed } from '../../platform/index.js';
import { writeMessage } from '../http/write-message.js';
import type { SessionStream } from './session-stream.js';

/** How a POST's answer becomes an event stream. */
export interface Streaming {
  open(response: ServerResponse, onLost: () => void): SessionStream;
  /** Streaming begins after this long at the latest, ms, so that a call outlives its connection; absent: only when there is something to say. */
  readonly latestAfterMs?: number;
}

/** What one POST brought, and how it wants to be answered. */
export interface PostShape {
  /** Of the requests in it. */
  readonly ids: readonly RequestId[];
  /** Whether they came as an array, and are to be answered as one. */
  readonly isBatch: boolean;
  /** Absent: the client takes no event streams. */
  readonly streaming?: Streaming;
}

/**
 * The HTTP answer to one legacy POST: plain JSON, unless something has to be said before the last response is there; then it
 * becomes an event stream.
 */
export class PostAnswer {
  private readonly missing: Set<RequestId>;
  private readonly responses: JSONRPCMessage[] = [];
  private readonly patience: NodeJS.Timeout | undefined;
  private stream: SessionStream | undefined;

  /** @param leaving is aborted when the client is gone for good before the answer was complete */
  constructor(
    private readonly response: ServerResponse,
    private readonly shape: PostShape,
    private readonly leaving = new AbortController(),
  ) {
    this.missing = new Set(shape.ids);
    const { latestAfterMs } = shape.streaming ?? {};
    if (latestAfterMs !== undefined) this.patience = setTimeout(() => this.streamed(), latestAfterMs).unref();
    whenClosed(response, () => {
      if (!this.stream) this.lose();
    });
  }

  /** Aborted when the client is gone for good before the answer was complete. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  get isComplete(): boolean {
    return this.missing.size === 0;
  }

  send(message: JSONRPCMessage): void {
    if (!('method' in message)) this.respond(message, message.id);
    else if (!this.isComplete) this.streamed()?.send(message);
  }

  /** Nothing more will come; whoever still waits is told by the end of the connection. */
  abandon(): void {
    this.lose();
    this.stream?.close();
    if (!this.response.writableEnded) this.response.destroy();
  }

  private respond(message: JSONRPCMessage, id: RequestId | undefined): void {
    if (id === undefined || !this.missing.delete(id)) return;
    if (this.isComplete) clearTimeout(this.patience);
    if (this.stream) {
      this.stream.send(message);
      if (this.isComplete) this.stream.end();
      return;
    }
    this.responses.push(message);
    if (this.isComplete) this.answerWithJson();
  }

  private answerWithJson(): void {
    const [first = {}] = this.responses;
    writeMessage(this.response, 200, this.shape.isBatch ? this.responses : first);
  }

  private streamed(): SessionStream | undefined {
    clearTimeout(this.patience);
    if (this.stream || !this.shape.streaming) return this.stream;
    this.stream = this.shape.streaming.open(this.response, () => this.lose());
    for (const early of this.responses.splice(0)) this.stream.send(early);
    return this.stream;
  }

  private lose(): void {
    clearTimeout(this.patience);
    if (this.isComplete) return;
    this.missing.clear();
    this.leaving.abort();
  }
}
