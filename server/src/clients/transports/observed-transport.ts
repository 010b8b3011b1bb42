import type {
  JSONRPCMessage,
  MessageExtraInfo,
  RequestId,
  Transport,
  TransportSendOptions,
} from '@modelcontextprotocol/client';
import { AnswerLost, MessageTooLarge } from '../errors/upstream-failures.js';

/** One raw message as it crossed the wire. */
export interface Frame {
  direction: 'out' | 'in';
  at: Date;
  message: object;
}

/** How far a call has come, as the service reports it; `total` may be missing. */
export interface Progress {
  progress: number;
  total?: number;
  message?: string;
}

/** Who waits for the answer to a request. */
export interface Exchange {
  onProgress?: (progress: Progress) => void;
  onFrame?: (frame: Frame) => void;
  /** No answer will come any more: the stream broke, or the answer was too large. */
  onLost: (reason: Error) => void;
}

/**
 * Stands between the SDK's client and a transport and sees every message.
 *
 * It knows which request belongs to whom, so that one call can be shown its raw messages, so that a broken answer stream
 * ends the call at once (the SDK alone would wait for its timeout), and so that answers nobody asked for are dropped.
 */
export class ObservedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** Answers under ids that nobody waits for. */
  strays = 0;
  /** Why the transport broke, as far as it said so. */
  lastError: Error | undefined;
  private readonly waiting = new Map<RequestId, Exchange | undefined>();
  private current: Exchange | undefined;

  constructor(
    private readonly inner: Transport,
    private readonly onFrame?: (frame: Frame) => void,
  ) {
    // How the SDK recognises a stdio transport.
    if ('stderr' in inner && 'pid' in inner) Object.assign(this, { stderr: null, pid: null });
  }

  get sessionId(): string | undefined {
    return this.inner.sessionId;
  }

  get hasPerRequestStream(): boolean {
    return this.inner.hasPerRequestStream ?? false;
  }

  setProtocolVersion(version: string): void {
    this.inner.setProtocolVersion?.(version);
  }

  /** Runs `send`, which must reach the transport before it returns, and counts its request as one of `exchange`. */
  during<T>(exchange: Exchange, send: () => T): T {
    this.current = exchange;
    try {
      return send();
    } finally {
      this.current = undefined;
    }
  }

  /** Nobody waits for `exchange` any more. */
  forget(exchange: Exchange): void {
    for (const [id, each] of this.waiting) if (each === exchange) this.waiting.delete(id);
  }

  async start(): Promise<void> {
    this.inner.onmessage = (message: JSONRPCMessage, extra?: MessageExtraInfo) => this.receive(message, extra);
    this.inner.onerror = (error) => this.fail(error);
    this.inner.onclose = () => this.onclose?.();
    await this.inner.start();
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const exchange = this.current;
    this.show('out', message, exchange);
    if (!('method' in message && 'id' in message)) return this.inner.send(message, options);
    const { id } = message;
    this.waiting.set(id, exchange);
    const onRequestStreamEnd = (): void => {
      options?.onRequestStreamEnd?.();
      this.lose(id, tooLargeIn(this.lastError) ?? new AnswerLost('the answer stream ended early'));
    };
    try {
      await this.inner.send(message, { ...options, onRequestStreamEnd });
    } catch (error) {
      this.waiting.delete(id);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private receive(message: JSONRPCMessage, extra?: MessageExtraInfo): void {
    if ('method' in message) {
      if (message.method === 'notifications/progress') return this.progress(message);
      this.show('in', message, undefined);
      return this.onmessage?.(message, extra);
    }
    const id = message.id as RequestId;
    if (!this.waiting.has(id)) {
      this.strays += 1;
      this.show('in', message, undefined);
      return;
    }
    this.show('in', message, this.waiting.get(id));
    this.waiting.delete(id);
    this.onmessage?.(message, extra);
  }

  /**
   * Handed on here and not by the SDK, which does so a tick later: when answer and last progress arrive in one piece, it
   * has forgotten by then who waited. The token is the id of the request.
   */
  private progress(message: Extract<JSONRPCMessage, { method: string }>): void {
    const { progressToken, progress, total, message: text } = (message.params ?? {}) as Partial<ProgressParams>;
    const exchange = progressToken === undefined ? undefined : this.waiting.get(progressToken);
    this.show('in', message, exchange);
    if (typeof progress !== 'number') return;
    exchange?.onProgress?.({
      progress,
      ...(typeof total === 'number' && { total }),
      ...(typeof text === 'string' && { message: text }),
    });
  }

  private show(direction: Frame['direction'], message: JSONRPCMessage, exchange: Exchange | undefined): void {
    if (!this.onFrame && !exchange?.onFrame) return;
    const frame: Frame = { direction, at: new Date(), message };
    this.onFrame?.(frame);
    exchange?.onFrame?.(frame);
  }

  private fail(error: Error): void {
    this.lastError = error;
    if (error instanceof MessageTooLarge) this.loseLarge(error);
    this.onerror?.(error);
  }

  /** When it cannot be seen whose answer was too large, everybody who waits is told. */
  private loseLarge(error: MessageTooLarge): void {
    const ids = error.requestId === undefined ? [...this.waiting.keys()] : [error.requestId];
    for (const id of ids) this.lose(id, error);
  }

  private lose(id: RequestId, reason: Error): void {
    const exchange = this.waiting.get(id);
    if (this.waiting.delete(id)) exchange?.onLost(reason);
  }
}

interface ProgressParams extends Progress {
  progressToken: RequestId;
}

/** The SDK keeps only the text of what broke a stream. */
const tooLargeIn = (error: Error | undefined): Error | undefined => {
  const limit = /MessageTooLarge: more than (\d+) bytes/.exec(error?.message ?? '')?.[1];
  return limit ? new MessageTooLarge(Number(limit)) : undefined;
};
