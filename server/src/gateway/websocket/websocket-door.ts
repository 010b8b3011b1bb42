import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { Authenticator } from '../../auth/index.js';
import { AppError, RequestContext, contextOf } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { LegacySessions } from '../legacy/legacy-sessions.js';
import { ListWatch } from '../list-watch.js';
import { ModernDoor } from '../modern/modern-door.js';
import { selfReportedIn } from '../traffic/self-reported.js';
import { Traffic, type CurrentTap } from '../traffic/traffic.js';
import { SocketConversation, type Era } from './socket-conversation.js';
import { CLOSE, SocketWire } from './socket-wire.js';

const SUBPROTOCOL = 'mcp';
const MAX_MESSAGE_BYTES = 1024 * 1024;
const SOCKETS_PER_USER = 20;
const SOCKETS_IN_ALL = 2_000;
const COME_BACK_SECONDS = 30;
/** A client that answers no ping for this long is gone, ms. */
const PING_MS = 30_000;

/** Who asked for a socket: everything of a caller but the connection, which is not there yet. */
export type Visitor = Omit<McpCaller, 'gone'>;

/** Serves clients of both eras by WebSocket. */
@Injectable()
export class WebSocketDoor {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    // A compressed message could be any size inside.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  private readonly perUser = new Map<string, number>();
  private readonly silent = new WeakSet<WebSocket>();
  private readonly pinging = setInterval(() => this.ping(), PING_MS).unref();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly sessions: LegacySessions,
    private readonly modern: ModernDoor,
    private readonly watch: ListWatch,
    private readonly traffic: Traffic,
  ) {}

  close(): void {
    clearInterval(this.pinging);
    for (const socket of this.server.clients) socket.close(CLOSE.goingAway, 'The server is stopping.');
  }

  /**
   * Completes the handshake of somebody who may come in.
   *
   * @throws {AppError} `too_many_calls`, before anything was answered
   */
  accept(request: IncomingMessage, connection: Duplex, head: Buffer, visitor: Visitor): void {
    const { userId } = visitor.principal;
    const own = this.perUser.get(userId) ?? 0;
    if (own >= SOCKETS_PER_USER || this.server.clients.size >= SOCKETS_IN_ALL) {
      throw new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } });
    }
    this.server.handleUpgrade(request, connection, head, (socket) => {
      this.perUser.set(userId, (this.perUser.get(userId) ?? 0) + 1);
      socket.once('close', () => this.leave(userId));
      this.serve(socket, request, visitor);
    });
  }

  private serve(socket: WebSocket, request: IncomingMessage, visitor: Visitor): void {
    const wire = new SocketWire(socket);
    let tap: CurrentTap | undefined;
    const conversation: SocketConversation = new SocketConversation(
      {
        wire,
        sessions: this.sessions,
        modern: this.modern,
        caller: async (era, message) => {
          const principal = await this.authenticator.authenticate(visitor.carried);
          tap = this.note(request, { ...visitor, principal }, era, conversation.id, message);
          return { ...visitor, principal, gone: wire.gone, tap };
        },
      },
      (message) => tap?.()?.note('client', 'out', message()),
    );
    const unwatch = this.watch.watch(
      { ...visitor, gone: wire.gone },
      {
        onChanged: (list) => this.sessions.tellChanged(conversation.legacySession, list),
        onRevoked: () => wire.close(CLOSE.policy, 'The credential does not work any more.'),
      },
    );
    socket.once('close', unwatch);
    socket.on('pong', () => this.silent.delete(socket));
    const { ip } = RequestContext.current();
    socket.on('message', (data, isBinary) => this.hear(conversation, wire, { request, ip }, data, isBinary));
  }

  /** Each message is a request of its own: for the log, the record, and the language of its texts. */
  private hear(
    conversation: SocketConversation,
    wire: SocketWire,
    { request, ip }: { request: IncomingMessage; ip: string | null },
    data: RawData,
    isBinary: boolean,
  ): void {
    if (isBinary) return wire.close(CLOSE.unsupportedData, 'Messages are text.');
    const context = { ...contextOf(request, ip), requestId: randomUUID() };
    // One message comes as one buffer, because fragments are joined by default.
    void RequestContext.run(context, () => conversation.receive(data as Buffer));
  }

  private note(
    { url = '' }: IncomingMessage,
    { principal }: Visitor,
    era: Era,
    sessionId: string,
    message: JSONRPCMessage,
  ): CurrentTap {
    const client = selfReportedIn(message);
    const endpoint = url.split('?', 1)[0] ?? '';
    const tap = this.traffic.note({ principal, endpoint, era, sessionId, ...(client && { client }) });
    tap()?.note('client', 'in', message);
    return tap;
  }

  private leave(userId: string): void {
    const left = (this.perUser.get(userId) ?? 1) - 1;
    if (left === 0) this.perUser.delete(userId);
    else this.perUser.set(userId, left);
  }

  private ping(): void {
    for (const socket of this.server.clients) {
      if (this.silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.silent.add(socket);
      socket.ping();
    }
  }
}
