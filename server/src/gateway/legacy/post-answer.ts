import {
  isJSONRPCErrorResponse,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { ServerResponse } from 'node:http';
import { EventStream } from '../http/event-stream.js';

/**
 * The HTTP answer to one legacy POST: plain JSON, unless something has to be said before the last response is there; then it
 * becomes an event stream.
 */
export class PostAnswer {
  private readonly missing: Set<RequestId>;
  private readonly responses: JSONRPCMessage[] = [];
  private stream: EventStream | undefined;

  /**
   * @param ids of the requests that this POST brought
   * @param isBatch whether they came as an array, and are to be answered as one
   * @param mayStream whether the client takes event streams
   */
  constructor(
    private readonly response: ServerResponse,
    ids: readonly RequestId[],
    private readonly isBatch: boolean,
    private readonly mayStream: boolean,
  ) {
    this.missing = new Set(ids);
  }

  get isComplete(): boolean {
    return this.missing.size === 0;
  }

  send(message: JSONRPCMessage): void {
    if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) this.respond(message, message.id);
    else if (this.mayStream) this.streaming().send(message);
  }

  /** Nothing more will come; whoever still waits is told by the end of the connection. */
  abandon(): void {
    if (this.isComplete) return;
    this.missing.clear();
    this.response.destroy();
  }

  private respond(message: JSONRPCMessage, id: RequestId | undefined): void {
    if (id === undefined || !this.missing.delete(id)) return;
    if (this.stream) {
      this.stream.send(message);
      if (this.isComplete) this.stream.end();
      return;
    }
    this.responses.push(message);
    if (this.isComplete) this.answerWithJson();
  }

  private answerWithJson(): void {
    const body = JSON.stringify(this.isBatch ? this.responses : this.responses[0]);
    this.response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
      .end(body);
  }

  private streaming(): EventStream {
    if (this.stream) return this.stream;
    this.stream = new EventStream(this.response);
    for (const early of this.responses.splice(0)) this.stream.send(early);
    return this.stream;
  }
}
