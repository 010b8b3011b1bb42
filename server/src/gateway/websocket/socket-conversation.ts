import { randomUUID } from 'node:crypto';
import {
  classifyInboundRequest,
  isInitializeRequest,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/server';
import { Logger } from '@nestjs/common';
import { AppError, JsonRefused, parseJsonBody, toAppError } from '../../platform/index.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import { RPC, protocolErrorOf } from '../http/rpc-error.js';
import { isRpcMessage } from '../http/rpc-message.js';
import { cancelledId } from '../legacy/cancelled-id.js';
import type { LegacySession } from '../legacy/legacy-session.js';
import type { LegacySessions } from '../legacy/legacy-sessions.js';
import { PipeTransport } from '../legacy/pipe-transport.js';
import type { ModernDoor } from '../modern/modern-door.js';
import { modernHeaders } from '../modern/modern-headers.js';
import { SocketModern } from './socket-modern.js';
import { CLOSE, type SocketWire } from './socket-wire.js';

/** Requests of one socket that may be open at a time. */
const MAX_OPEN = 100;
const COME_BACK_SECONDS = 1;

export type Era = 'modern' | 'legacy';

/** What the door lends to each socket. */
export interface SocketParts {
  readonly wire: SocketWire;
  readonly sessions: LegacySessions;
  readonly modern: ModernDoor;
  /** Who speaks now: asked again for every message, because rights change while a socket stays. @throws {AppError} nobody any more */
  caller(era: Era, message: JSONRPCMessage): Promise<McpCaller>;
}

/**
 * One socket as one connection of MCP: a JSON-RPC message per text frame, in both directions and of either era, by the rules of
 * stdio. The body decides the era, message by message; a legacy client has one session, which lives as long as the socket.
 */
export class SocketConversation {
  readonly id = randomUUID();
  private readonly logger = new Logger('WebSocketDoor');
  private readonly modern: SocketModern;
  private session: LegacySession<PipeTransport> | undefined;
  private inbound: Promise<void> = Promise.resolve();

  /** @param heard sees everything that goes out */
  constructor(
    private readonly parts: SocketParts,
    private readonly heard: (message: () => unknown) => void,
  ) {
    this.modern = new SocketModern(parts.modern, (text) => this.sendText(text));
    parts.wire.gone.addEventListener('abort', () => this.session && parts.sessions.end(this.session));
  }

  /** Notifications of the session, if there is one. */
  get legacySession(): LegacySession | undefined {
    return this.session;
  }

  /** Takes one frame; frames are taken in their order. */
  receive(bytes: Buffer): Promise<void> {
    this.inbound = this.inbound.then(() => this.take(bytes));
    return this.inbound;
  }

  private async take(bytes: Buffer): Promise<void> {
    let message: unknown;
    try {
      message = parseJsonBody(bytes);
    } catch (error) {
      if (!(error instanceof JsonRefused)) throw error;
      return this.refuse(null, error.kind === 'malformed' ? RPC.parseError : RPC.invalidRequest, error.message);
    }
    if (!isRpcMessage(message)) {
      return this.refuse(null, RPC.invalidRequest, 'A frame must be one JSON-RPC message.');
    }
    const id = isJSONRPCRequest(message) ? message.id : undefined;
    try {
      await this.dispatch(message, id);
    } catch (error) {
      this.fail(id, error);
    }
  }

  private async dispatch(message: JSONRPCMessage, id: RequestId | undefined): Promise<void> {
    const cancelled = cancelledId(message);
    if (cancelled !== undefined && this.modern.has(cancelled)) return this.modern.cancel(cancelled);
    const era = eraOf(message);
    const caller = await this.parts.caller(era, message).catch((error: unknown) => {
      this.parts.wire.close(CLOSE.policy, 'The credential does not work any more.');
      throw error;
    });
    if (id !== undefined && this.isBusy(id)) return;
    if (era === 'legacy') return this.takeLegacy(message, id, caller);
    this.modern.take(message, caller).catch((error: unknown) => this.fail(id, error));
  }

  /** Whether one more request of this id would be one too many; then it is refused. */
  private isBusy(id: RequestId): boolean {
    if (this.modern.has(id) || this.session?.transport.has(id)) {
      this.parts.wire.close(CLOSE.policy, 'A request of this id is still open.');
      return true;
    }
    if (this.modern.openRequests + (this.session?.transport.openRequests ?? 0) < MAX_OPEN) return false;
    this.fail(id, new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } }));
    return true;
  }

  private async takeLegacy(message: JSONRPCMessage, id: RequestId | undefined, caller: McpCaller): Promise<void> {
    if (isInitializeRequest(message)) {
      if (this.session) return this.refuse(id, RPC.invalidRequest, 'This connection has said hello already.');
      this.session = await this.parts.sessions.open(caller, this.pipe());
    }
    if (!this.session) return this.refuse(id, RPC.badRequest, 'Start with initialize.');
    const { transport, peer } = this.session;
    transport.deliver(message, authInfoOf({ ...caller, legacy: { peer, isReachable: true } }));
  }

  private pipe(): PipeTransport {
    const { wire } = this.parts;
    return new PipeTransport(this.id, wire.gone, {
      say: (message) => void this.sendText(JSON.stringify(message)),
      hangUp: () => wire.close(CLOSE.goingAway, 'The session has ended.'),
    });
  }

  private sendText(text: string): Promise<void> {
    this.heard(() => JSON.parse(text) as unknown);
    return this.parts.wire.send(text);
  }

  /** Who sent a notification or an answer waits for nothing. */
  private fail(id: RequestId | undefined, thrown: unknown): void {
    const error = toAppError(thrown);
    if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code });
    const { code, message, data } = protocolErrorOf(thrown);
    if (id !== undefined) void this.sendText(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } }));
  }

  private refuse(id: RequestId | null | undefined, code: number, message: string): void {
    if (id !== undefined) void this.sendText(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
  }
}

function eraOf(message: JSONRPCMessage): Era {
  const headers = modernHeaders({ ...message });
  const { kind } = classifyInboundRequest({
    httpMethod: 'POST',
    body: message,
    ...(headers['mcp-protocol-version'] !== undefined && { protocolVersionHeader: headers['mcp-protocol-version'] }),
    ...(headers['mcp-method'] !== undefined && { mcpMethodHeader: headers['mcp-method'] }),
    ...(headers['mcp-name'] !== undefined && { mcpNameHeader: headers['mcp-name'] }),
  });
  return kind === 'legacy' ? 'legacy' : 'modern';
}
