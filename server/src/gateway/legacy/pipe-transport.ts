import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type AuthInfo,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/server';
import { cancelledId } from './cancelled-id.js';
import type { SessionWire } from './legacy-session.js';

/** The client's end of a pipe. */
export interface Pipe {
  say(message: JSONRPCMessage): void;
  hangUp(): void;
}

/** The SDK's side of a session that has one pipe to its client, on which everything is said: an event stream, or a socket. */
export class PipeTransport implements SessionWire {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  private readonly open = new Set<RequestId>();
  private closed = false;

  /** @param gone aborted when the pipe broke */
  constructor(
    readonly sessionId: string,
    readonly gone: AbortSignal,
    private readonly pipe: Pipe,
  ) {}

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** As long as the pipe is there, the client listens. */
  get isInUse(): boolean {
    return !this.closed;
  }

  /** How many requests of the client are not answered yet. */
  get openRequests(): number {
    return this.open.size;
  }

  has(id: RequestId): boolean {
    return this.open.has(id);
  }

  /** @returns whether it was taken: not, when it uses the id of a request that is still open */
  deliver(message: JSONRPCMessage, authInfo: AuthInfo): boolean {
    if (isJSONRPCRequest(message)) {
      if (this.open.has(message.id)) return false;
      this.open.add(message.id);
    }
    this.onmessage?.(message, { authInfo });
    // The SDK answers nothing to what was cancelled.
    const cancelled = cancelledId(message);
    if (cancelled !== undefined) this.open.delete(cancelled);
    return true;
  }

  send(message: JSONRPCMessage): Promise<void> {
    const isResponse = isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message);
    if (isResponse && message.id !== undefined) this.open.delete(message.id);
    this.pipe.say(message);
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    this.open.clear();
    this.pipe.hangUp();
    this.onclose?.();
    return Promise.resolve();
  }
}
