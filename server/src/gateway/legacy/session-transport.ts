import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type AuthInfo,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import type { ServerResponse } from 'node:http';
import { EventStream } from '../http/event-stream.js';
import { PostAnswer } from './post-answer.js';
import { whenClosed } from '../../platform/index.js';

/**
 * The SDK's side of one legacy session: every POST brings messages, its answer takes the responses; what belongs to no
 * request goes to the stream that a GET opened, if there is one.
 *
 * The SDK's own transport is not used: it answers every POST with an event stream or none, mixes up requests of equal ids,
 * and does not tell when a client is gone.
 */
export class SessionTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** As negotiated by `initialize`; undefined before. */
  protocolVersion: string | undefined;
  private readonly open = new Map<RequestId, PostAnswer>();
  private stream: EventStream | undefined;
  private closed = false;

  constructor(readonly sessionId: string) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  readonly setProtocolVersion = (version: string): void => {
    this.protocolVersion = version;
  };

  /** Whether the client waits for an answer or listens for notifications. */
  get isInUse(): boolean {
    return this.open.size > 0 || this.stream !== undefined;
  }

  /** The first id that the client uses although its earlier request of that id is still open, or twice in one batch. */
  reusedId(messages: readonly JSONRPCMessage[]): RequestId | undefined {
    const ids = messages.filter(isJSONRPCRequest).map(({ id }) => id);
    return ids.find((id, at) => this.open.has(id) || ids.indexOf(id) !== at);
  }

  /** Hands the messages of one POST to the server; the response is answered from here on. */
  deliver(
    messages: readonly JSONRPCMessage[],
    isBatch: boolean,
    mayStream: boolean,
    authInfo: AuthInfo,
    response: ServerResponse,
  ): void {
    const ids = messages.filter(isJSONRPCRequest).map(({ id }) => id);
    if (ids.length === 0) response.writeHead(202).end();
    else this.expect(ids, new PostAnswer(response, ids, isBatch, mayStream), response);
    for (const message of messages) this.onmessage?.(message, { authInfo });
  }

  /** Opens the stream for what belongs to no request. A client has one; the newer takes the place of the older. */
  listen(response: ServerResponse): void {
    this.stream?.end();
    const stream = new EventStream(response);
    this.stream = stream;
    whenClosed(response, () => {
      if (this.stream === stream) this.stream = undefined;
    });
  }

  send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const isResponse = isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message);
    const id = isResponse ? message.id : options?.relatedRequestId;
    if (id === undefined) this.stream?.send(message);
    else this.open.get(id)?.send(message);
    if (isResponse && id !== undefined) this.open.delete(id);
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    for (const answer of new Set(this.open.values())) answer.abandon();
    this.open.clear();
    this.stream?.end();
    this.onclose?.();
    return Promise.resolve();
  }

  private expect(ids: readonly RequestId[], answer: PostAnswer, response: ServerResponse): void {
    for (const id of ids) this.open.set(id, answer);
    whenClosed(response, () => {
      for (const id of ids) if (this.open.get(id) === answer) this.open.delete(id);
    });
  }
}
