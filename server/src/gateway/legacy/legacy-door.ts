import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  SUPPORTED_PROTOCOL_VERSIONS,
  isInitializeRequest,
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
} from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../../platform/index.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import { RPC, answerWithError } from '../http/rpc-error.js';
import { ListWatch, type ChangedList } from '../list-watch.js';
import { McpSurface } from '../surface/mcp-surface.js';
import { ResourceWatching } from '../surface/resource-watching.js';
import { LegacyPeer } from './legacy-peer.js';
import type { LegacySession } from './legacy-session.js';
import { ReplayBudget } from './replay-budget.js';
import { serveSessionMethods } from './session-methods.js';
import { SessionRegistry } from './session-registry.js';
import { SessionTransport } from './session-transport.js';
import { StreamShelf } from './stream-shelf.js';

/** The only revision that knows batches. */
const BATCH_VERSION = '2025-03-26';
const MAX_BATCH = 50;

const TIMES = { graceMs: 30_000, streamAfterMs: 1_000 };
/** What is kept for one session, and for all of them. */
const REPLAY = { events: 1_000, bytes: 4 * 1024 * 1024 };
const REPLAY_OF_ALL = { events: 200_000, bytes: 128 * 1024 * 1024 };
/** How often forgotten sessions are looked for, ms. */
const SWEEP_MS = 60_000;

const NOTIFICATIONS = {
  tools: 'notifications/tools/list_changed',
  resources: 'notifications/resources/list_changed',
  prompts: 'notifications/prompts/list_changed',
} as const satisfies Record<ChangedList, string>;

/** Serves clients of the revisions 2024-11-05 to 2025-11-25 by streamable HTTP: sessions, bound to who opened them. */
@Injectable()
export class LegacyDoor {
  private readonly sessions: SessionRegistry;
  private readonly replay = new ReplayBudget(REPLAY_OF_ALL);
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly surface: McpSurface,
    private readonly watch: ListWatch,
    private readonly watching: ResourceWatching,
    private readonly clock: Clock,
  ) {
    this.sessions = new SessionRegistry(() => clock.monotonicMs());
    this.sweep = setInterval(() => this.sessions.endIdle(), SWEEP_MS).unref();
  }

  close(): void {
    clearInterval(this.sweep);
    this.sessions.endAll();
  }

  /** @param body the parsed body of a POST, classified as legacy */
  async post(request: IncomingMessage, response: ServerResponse, caller: McpCaller, body: unknown): Promise<void> {
    const messages: unknown[] = Array.isArray(body) ? body : [body];
    if (messages.length === 0 || messages.length > MAX_BATCH || !messages.every(isMessage)) {
      return answerWithError(response, 400, {
        code: RPC.invalidRequest,
        message: 'The body is not a JSON-RPC message.',
      });
    }
    const [first] = messages;
    const opens = messages.length === 1 && isInitializeRequest(first);
    const session = opens ? await this.openSession(caller) : this.sessionOf(request, response, caller);
    if (!session) return;
    if (Array.isArray(body) && session.transport.protocolVersion !== BATCH_VERSION) {
      return answerWithError(response, 400, { code: RPC.invalidRequest, message: 'This revision has no batches.' });
    }
    const reused = session.transport.reusedId(messages);
    if (reused !== undefined) {
      return answerWithError(
        response,
        400,
        { code: RPC.invalidRequest, message: 'A request of this id is still open.' },
        reused,
      );
    }
    if (opens) response.setHeader('Mcp-Session-Id', session.id);
    const mayStream = request.headers.accept?.includes('text/event-stream') ?? false;
    session.transport.deliver({
      messages,
      isBatch: Array.isArray(body),
      mayStream,
      response,
      authInfo: (gone) => authInfoOf({ ...caller, gone, legacy: { peer: session.peer, isReachable: mayStream } }),
    });
  }

  /** The stream on which a session hears of changes. */
  get(request: IncomingMessage, response: ServerResponse, caller: McpCaller): void {
    if (!request.headers.accept?.includes('text/event-stream')) {
      return answerWithError(response, 406, {
        code: RPC.badRequest,
        message: 'Accept must include text/event-stream.',
      });
    }
    const session = this.sessionOf(request, response, caller);
    if (!session) return;
    const lastEventId = request.headers['last-event-id'];
    if (typeof lastEventId === 'string') {
      const outcome = session.transport.resume(lastEventId, response);
      if (outcome === 'resumed') return;
      if (outcome === 'no-stream') {
        return answerWithError(response, 400, { code: RPC.badRequest, message: 'That stream cannot be resumed.' });
      }
    }
    this.listen(session, response, caller);
  }

  delete(request: IncomingMessage, response: ServerResponse, caller: McpCaller): void {
    const session = this.sessionOf(request, response, caller);
    if (!session) return;
    this.sessions.end(session);
    response.writeHead(204).end();
  }

  private listen(session: LegacySession, response: ServerResponse, caller: McpCaller): void {
    const unwatch = this.watch.watch(caller, {
      // A session may end in the very moment in which its list changes.
      onChanged: (list) => void session.server.notification({ method: NOTIFICATIONS[list] }).catch(() => undefined),
      onRevoked: () => this.sessions.end(session),
    });
    session.transport.listen(response, unwatch);
  }

  private async openSession(caller: McpCaller): Promise<LegacySession> {
    const transport = new SessionTransport(randomUUID(), new StreamShelf(new ReplayBudget(REPLAY, this.replay), TIMES));
    const server = this.surface.serverFor(caller, true);
    const peer = new LegacyPeer(server);
    serveSessionMethods(server, peer, this.watching);
    const { sessionId: id } = transport;
    const { principal, catalogue } = caller;
    const lastUsedMs = this.clock.monotonicMs();
    const session = { id, principal, endpoint: catalogue.key, server, peer, transport, lastUsedMs };
    this.sessions.add(session);
    await server.connect(transport);
    return session;
  }

  /** Finds the session that the request names, or answers why there is none. */
  private sessionOf(request: IncomingMessage, response: ServerResponse, caller: McpCaller): LegacySession | undefined {
    const id = request.headers['mcp-session-id'];
    const version = request.headers['mcp-protocol-version'];
    if (typeof id !== 'string') {
      answerWithError(response, 400, {
        code: RPC.badRequest,
        message: 'Mcp-Session-Id is missing: start with initialize.',
      });
      return undefined;
    }
    const session = this.sessions.find(id, caller.principal, caller.catalogue.key);
    if (!session) {
      answerWithError(response, 404, {
        code: RPC.sessionNotFound,
        message: 'There is no such session: start with initialize.',
      });
      return undefined;
    }
    if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(String(version))) {
      answerWithError(response, 400, {
        code: RPC.badRequest,
        message: `Unsupported protocol version. Supported: ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}.`,
      });
      return undefined;
    }
    return session;
  }
}

const isMessage = (value: unknown): value is JSONRPCMessage =>
  isJSONRPCRequest(value) ||
  isJSONRPCNotification(value) ||
  isJSONRPCResultResponse(value) ||
  isJSONRPCErrorResponse(value);
