import {
  isJSONRPCRequest,
  type AuthInfo,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import type { ServerResponse } from 'node:http';
import { AppError, PassingMap } from '../../platform/index.js';
import { protocolErrorOf } from '../http/rpc-error.js';
import { cancelledId } from './cancelled-id.js';
import { parseEventId } from './event-log.js';
import type { SessionWire } from './legacy-session.js';
import { PostAnswer, type Streaming } from './post-answer.js';
import type { SessionStream } from './session-stream.js';
import type { StreamShelf } from './stream-shelf.js';

/** The revision whose clients come back to a stream that broke, and take an event without data (SEP-1699). */
const RESUMABLE_SINCE = '2025-11-25';

/** One POST, as the door read it. */
export interface Post {
  readonly messages: readonly JSONRPCMessage[];
  /** Whether they came as an array. */
  readonly isBatch: boolean;
  /** Whether the client takes event streams. */
  readonly mayStream: boolean;
  readonly response: ServerResponse;
  /** @param gone aborted when nobody waits for the answers any more */
  readonly authInfo: (gone: AbortSignal) => AuthInfo;
}

/**
 * The SDK's side of one legacy session: every POST brings messages, its answer takes the responses; what belongs to no
 * request goes to the stream that a GET opened, if there is one.
 *
 * The SDK's own transport is not used: it answers every POST with an event stream or none, mixes up requests of equal ids,
 * and does not tell when a client is gone.
 */
export class SessionTransport implements SessionWire {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** As negotiated by `initialize`; undefined before. */
  protocolVersion: string | undefined;
  private readonly open = new PassingMap<RequestId, PostAnswer>();
  /** What ends the requests that are answered past the server. */
  private readonly taken = new PassingMap<RequestId, AbortController>();
  private news: SessionStream | undefined;
  private closed = false;

  constructor(
    readonly sessionId: string,
    private readonly shelf: StreamShelf,
  ) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  readonly setProtocolVersion = (version: string): void => {
    this.protocolVersion = version;
  };

  /** Whether the client waits for an answer or listens for notifications, or may come back to do so. */
  get isInUse(): boolean {
    return this.open.size > 0 || this.news !== undefined;
  }

  /** The first id that the client uses although its earlier request of that id is still open, or twice in one batch. */
  reusedId(messages: readonly JSONRPCMessage[]): RequestId | undefined {
    const ids = messages.filter(isJSONRPCRequest).map(({ id }) => id);
    return ids.find((id, at) => this.open.has(id) || ids.indexOf(id) !== at);
  }

  /** Hands the messages of one POST to the server; the response is answered from here on. */
  deliver({ messages, isBatch, mayStream, response, authInfo }: Post): void {
    const ids = messages.filter(isJSONRPCRequest).map(({ id }) => id);
    const streaming = mayStream ? this.streaming() : undefined;
    const answer = new PostAnswer(response, { ids, isBatch, ...(streaming && { streaming }) });
    if (ids.length === 0) response.writeHead(202).end();
    else this.expect(ids, answer);
    const extra = { authInfo: authInfo(answer.gone) };
    for (const message of messages) {
      this.onmessage?.(message, extra);
      this.endCancelled(message);
    }
  }

  isOpen(id: RequestId): boolean {
    return this.open.has(id);
  }

  /** Lets one request be answered past the server. @param work aborted when the client cancels it or is gone for good */
  take(
    id: RequestId,
    { mayStream, response }: Pick<Post, 'mayStream' | 'response'>,
    work: (gone: AbortSignal) => Promise<JSONRPCMessage>,
  ): void {
    const streaming = mayStream ? this.streaming() : undefined;
    const ending = new AbortController();
    this.expect([id], new PostAnswer(response, { ids: [id], isBatch: false, ...(streaming && { streaming }) }, ending));
    this.taken.set(id, ending);
    void work(ending.signal).then((message) => {
      if (this.taken.get(id) === ending) this.taken.delete(id);
      if (!ending.signal.aborted) void this.send(message);
    });
  }

  /**
   * Opens the stream for what belongs to no request. A client has one; the newer takes the place of the older.
   *
   * @param onLost called once, when nobody listens any more nor will come back
   */
  listen(response: ServerResponse, onLost: () => void): void {
    if (response.destroyed) return onLost();
    this.news?.close();
    const news = this.shelf.open(response, 'news', this.isResumable, () => {
      if (this.news === news) this.news = undefined;
      onLost();
    });
    this.news = news;
  }

  /**
   * Goes on with the stream of which the client heard an event last.
   *
   * @returns `no-stream` when what it missed is not there any more, `only-news` when that was nothing it must wait for
   */
  resume(lastEventId: string, response: ServerResponse): 'resumed' | 'only-news' | 'no-stream' {
    if (this.shelf.resume(lastEventId, response)) return 'resumed';
    return parseEventId(lastEventId)?.kind === 'news' ? 'only-news' : 'no-stream';
  }

  send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const isResponse = !('method' in message);
    const id = isResponse ? message.id : options?.relatedRequestId;
    if (id === undefined) this.news?.send(message);
    else this.open.get(id)?.send(message);
    if (isResponse && id !== undefined) this.open.delete(id);
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    for (const answer of new Set(this.open.values())) answer.abandon();
    this.open.clear();
    for (const ending of this.taken.values()) ending.abort();
    this.taken.clear();
    this.news?.close();
    this.shelf.closeAll();
    this.onclose?.();
    return Promise.resolve();
  }

  private get isResumable(): boolean {
    return (this.protocolVersion ?? '') >= RESUMABLE_SINCE;
  }

  private streaming(): Streaming {
    const { isResumable } = this;
    return {
      open: (response, onLost) => this.shelf.open(response, 'answer', isResumable, onLost),
      ...(isResumable && { latestAfterMs: this.shelf.times.streamAfterMs }),
    };
  }

  private expect(ids: readonly RequestId[], answer: PostAnswer): void {
    for (const id of ids) this.open.set(id, answer);
    answer.gone.addEventListener('abort', () => {
      for (const id of ids) if (this.open.get(id) === answer) this.open.delete(id);
    });
  }

  /** The SDK answers nothing to what was cancelled; over HTTP somebody would wait for it, or come back for it, for ever. */
  private endCancelled(message: JSONRPCMessage): void {
    const id = cancelledId(message);
    if (id === undefined || !this.open.has(id)) return;
    const { code, message: text } = protocolErrorOf(new AppError('call_cancelled'));
    void this.send({ jsonrpc: '2.0', id, error: { code, message: text } });
    this.taken.get(id)?.abort();
    this.taken.delete(id);
  }
}
