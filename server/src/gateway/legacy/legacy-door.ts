import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SUPPORTED_PROTOCOL_VERSIONS, isInitializeRequest, type RequestId } from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authInfoOf, type McpCaller } from '../caller.js';
import type { DirectCall } from '../direct/direct-call.js';
import { DirectCalls } from '../direct/direct-calls.js';
import { RPC, answerWithError } from '../http/rpc-error.js';
import { isRpcMessage } from '../http/rpc-message.js';
import type { LegacySession } from './legacy-session.js';
import { LegacySessions } from './legacy-sessions.js';
import { ReplayBudget } from './replay-budget.js';
import { SessionTransport } from './session-transport.js';
import { StreamShelf } from './stream-shelf.js';

/** The only revision that knows batches. */
const BATCH_VERSION = '2025-03-26';
const MAX_BATCH = 50;

const TIMES = { graceMs: 30_000, streamAfterMs: 1_000 };
/** What is kept for one session, and for all of them. */
const REPLAY = { events: 1_000, bytes: 4 * 1024 * 1024 };
const REPLAY_OF_ALL = { events: 200_000, bytes: 128 * 1024 * 1024 };

type HttpSession = LegacySession<SessionTransport>;

/** Serves clients of the revisions 2024-11-05 to 2025-11-25 by streamable HTTP: sessions, bound to who opened them. */
@Injectable()
export class LegacyDoor {
  private readonly replay = new ReplayBudget(REPLAY_OF_ALL);

  constructor(
    private readonly sessions: LegacySessions,
    private readonly calls: DirectCalls,
  ) {}

  /**
   * @param body the parsed body of a POST, classified as legacy
   * @param direct the same, when it is a plain tool call
   */
  async post(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    body: unknown,
    direct?: DirectCall,
  ): Promise<void> {
    if (direct) return this.call(request, response, caller, direct);
    const messages: unknown[] = Array.isArray(body) ? body : [body];
    if (messages.length === 0 || messages.length > MAX_BATCH || !messages.every(isRpcMessage)) {
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
    if (reused !== undefined) return refuseReused(response, reused);
    if (opens) response.setHeader('Mcp-Session-Id', session.id);
    const mayStream = takesStreams(request);
    session.transport.deliver({
      messages,
      isBatch: Array.isArray(body),
      mayStream,
      response,
      authInfo: (gone) => authInfoOf({ ...caller, gone, legacy: { peer: session.peer, isReachable: mayStream } }),
    });
  }

  private call(request: IncomingMessage, response: ServerResponse, caller: McpCaller, call: DirectCall): void {
    const session = this.sessionOf(request, response, caller);
    if (!session) return;
    if (session.transport.isOpen(call.id)) return refuseReused(response, call.id);
    const mayStream = takesStreams(request);
    const legacy = { peer: session.peer, isReachable: mayStream };
    session.transport.take(call.id, { mayStream, response }, (gone) =>
      this.calls.answerLegacy(call, { ...caller, gone, legacy }, session.server),
    );
  }

  /** The stream on which a session hears of changes. */
  get(request: IncomingMessage, response: ServerResponse, caller: McpCaller): void {
    if (!takesStreams(request)) {
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
    session.transport.listen(response, this.sessions.watchLists(session, caller));
  }

  delete(request: IncomingMessage, response: ServerResponse, caller: McpCaller): void {
    const session = this.sessionOf(request, response, caller);
    if (!session) return;
    this.sessions.end(session);
    response.writeHead(204).end();
  }

  private openSession(caller: McpCaller): Promise<HttpSession> {
    const shelf = new StreamShelf(new ReplayBudget(REPLAY, this.replay), TIMES);
    return this.sessions.open(caller, new SessionTransport(randomUUID(), shelf));
  }

  /** Finds the session that the request names, or answers why there is none. */
  private sessionOf(request: IncomingMessage, response: ServerResponse, caller: McpCaller): HttpSession | undefined {
    const id = request.headers['mcp-session-id'];
    const version = request.headers['mcp-protocol-version'];
    if (typeof id !== 'string') {
      answerWithError(response, 400, {
        code: RPC.badRequest,
        message: 'Mcp-Session-Id is missing: start with initialize.',
      });
      return undefined;
    }
    const session = this.sessions.find(SessionTransport, id, caller);
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

const takesStreams = (request: IncomingMessage): boolean =>
  request.headers.accept?.includes('text/event-stream') ?? false;

const refuseReused = (response: ServerResponse, id: RequestId): void =>
  answerWithError(response, 400, { code: RPC.invalidRequest, message: 'A request of this id is still open.' }, id);
