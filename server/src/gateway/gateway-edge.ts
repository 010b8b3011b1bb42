import { Inject, Injectable, Logger } from '@nestjs/common';
import { classifyInboundRequest, isInitializeRequest, isJsonContentType } from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Authenticator, carriedBy, type Carried } from '../auth/index.js';
import {
  AppError,
  CONFIG,
  JsonRefused,
  RequestContext,
  callerAddress,
  contextOf,
  parseJsonBody,
  readBody,
  toAppError,
  type Config,
} from '../platform/index.js';
import { goneSignal } from '../tools/index.js';
import type { McpCaller } from './caller.js';
import { Catalogues } from './catalogue/catalogues.js';
import { objectionTo } from './http/entrance.js';
import { RPC, answerWithAppError, answerWithError } from './http/rpc-error.js';
import { routeOf, type Route } from './http/route.js';
import { directCallOf, type DirectCall } from './direct/direct-call.js';
import { LegacyDoor } from './legacy/legacy-door.js';
import { LegacySessions } from './legacy/legacy-sessions.js';
import { ModernDoor } from './modern/modern-door.js';
import { SseDoor } from './sse/sse-door.js';
import { selfReportedIn } from './traffic/self-reported.js';
import { tapResponse } from './traffic/tapped-response.js';
import { Traffic, type CurrentTap } from './traffic/traffic.js';
import { answerUpgrade, refuseUpgrade } from './websocket/refuse-upgrade.js';
import { WebSocketDoor, type Visitor } from './websocket/websocket-door.js';

/**
 * Answers `/mcp`, what lies below it, and the doors beside it in front of the framework: host and origin, credential, size
 * and shape of the body, then the era of the client decides by which door it comes in. The body decides the era, never a
 * header.
 */
@Injectable()
export class GatewayEdge {
  private readonly logger = new Logger('GatewayEdge');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly authenticator: Authenticator,
    private readonly catalogues: Catalogues,
    private readonly traffic: Traffic,
    private readonly modern: ModernDoor,
    private readonly legacy: LegacyDoor,
    private readonly sse: SseDoor,
    private readonly sockets: WebSocketDoor,
    private readonly sessions: LegacySessions,
  ) {}

  /** Whether a request is for us; everything else is the framework's. */
  owns(url: string): boolean {
    return routeOf(pathOf(url), this.config) !== undefined;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const context = contextOf(request, callerAddress(request, this.config.trustedProxies));
    response.setHeader('X-Request-Id', context.requestId);
    void RequestContext.run(context, () =>
      this.serve(request, response).catch((error: unknown) => this.fail(error, response)),
    );
  }

  /** Takes over a connection that asked to become a socket; whoever may not is answered as over HTTP. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    const context = contextOf(request, callerAddress(request, this.config.trustedProxies));
    void RequestContext.run(context, () =>
      this.welcome(request, connection, head).catch((error: unknown) => {
        const refusal = toAppError(error);
        if (refusal.family === 'ours') this.logger.error({ err: error, code: refusal.code });
        refuseUpgrade(connection, refusal);
      }),
    );
  }

  /** Ends every stream, socket and session; requests in flight are cancelled. */
  async close(): Promise<void> {
    this.sessions.close();
    this.sockets.close();
    await this.modern.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const objection = objectionTo(request, this.config);
    if (objection)
      return answerWithError(response, objection.status, { code: RPC.badRequest, message: objection.message });
    const route = this.routeFor(request);
    const caller = { ...(await this.visitorOf(request, route)), gone: goneSignal(response) };
    if (caller.gone.aborted) return;
    switch (route.door) {
      case 'mcp':
        return this.serveMcp(request, response, caller);
      case 'sse':
        return this.serveStream(request, response, caller, route);
      case 'messages':
        return this.takeMessage(request, response, caller);
      case 'websocket':
        response.setHeader('Upgrade', 'websocket');
        return answerWithError(response, 426, { code: RPC.badRequest, message: 'This address speaks WebSocket.' });
    }
  }

  private async serveMcp(request: IncomingMessage, response: ServerResponse, caller: McpCaller): Promise<void> {
    switch (request.method) {
      case 'POST':
        return this.post(request, response, caller);
      case 'GET':
        tapResponse(response, this.noteVisit(request, caller, 'legacy'));
        return this.legacy.get(request, response, caller);
      case 'DELETE':
        return this.legacy.delete(request, response, caller);
      default:
        response.setHeader('Allow', 'GET, POST, DELETE');
        throw new AppError('method_not_allowed');
    }
  }

  private async serveStream(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    { endpoint }: Route,
  ): Promise<void> {
    onlyBy('GET', request, response);
    tapResponse(response, this.noteVisit(request, caller, 'legacy'));
    await this.sse.open(request, response, caller, endpoint);
  }

  private async takeMessage(request: IncomingMessage, response: ServerResponse, caller: McpCaller): Promise<void> {
    onlyBy('POST', request, response);
    const body = await bodyOf(request);
    const tap = this.noteVisit(request, caller, 'legacy', body);
    tap()?.note('client', 'in', body);
    this.sse.post(request, response, { ...caller, tap }, body);
  }

  private async welcome(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const objection = objectionTo(request, this.config);
    if (objection) return answerUpgrade(connection, objection.status, { error: { message: objection.message } });
    const route = this.routeFor(request);
    if (route.door !== 'websocket') throw new AppError('not_found');
    const visitor = await this.visitorOf(request, route);
    if (!connection.destroyed) this.sockets.accept(request, connection, head, visitor);
  }

  private routeFor({ url = '' }: IncomingMessage): Route {
    const route = routeOf(pathOf(url), this.config);
    if (!route) throw new AppError('not_found');
    return route;
  }

  private async post(request: IncomingMessage, response: ServerResponse, caller: McpCaller): Promise<void> {
    const body = await bodyOf(request);
    const direct = directCallOf(body, request.headers);
    if (direct) return this.watched(request, response, caller, body, direct);
    const era = classifyInboundRequest({
      httpMethod: 'POST',
      body,
      ...headerOf(request, 'mcp-protocol-version', 'protocolVersionHeader'),
      ...headerOf(request, 'mcp-method', 'mcpMethodHeader'),
      ...headerOf(request, 'mcp-name', 'mcpNameHeader'),
    });
    if (era.kind !== 'legacy') return this.watched(request, response, caller, body, { era: 'modern' });
    if (!isInitializeRequest(body)) return this.watched(request, response, caller, body, { era: 'legacy' });
    await this.legacy.post(request, response, caller, body);
    this.noteVisit(request, caller, 'legacy', body, response.getHeader('mcp-session-id'));
  }

  private watched(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    body: unknown,
    kind: DirectCall | Pick<DirectCall, 'era'>,
  ): Promise<void> {
    const tap = this.noteVisit(request, caller, kind.era, body);
    // Whoever begins to look while it is under way has missed the question, and is not shown its answer.
    const looking = tap();
    if (looking) {
      for (const message of Array.isArray(body) ? body : [body]) looking.note('client', 'in', message);
      tapResponse(response, tap);
    }
    const door = kind.era === 'modern' ? this.modern : this.legacy;
    return door.post(request, response, { ...caller, tap }, body, 'id' in kind ? kind : undefined);
  }

  /** A legacy client says who it is once, when it opens its session. */
  private noteVisit(
    request: IncomingMessage,
    { principal }: McpCaller,
    era: 'modern' | 'legacy',
    body?: unknown,
    session: unknown = request.headers['mcp-session-id'],
  ): CurrentTap {
    const client = selfReportedIn(body);
    // Whoever listens at /sse speaks at /messages.
    const endpoint = pathOf(request.url ?? '').replace(/^\/messages/, '/sse');
    const sessionId = era === 'legacy' && typeof session === 'string' ? { sessionId: session } : {};
    return this.traffic.note({ principal, endpoint, era, ...sessionId, ...(client && { client }) });
  }

  /** A cookie does not count here: a browser sends it unasked, and MCP clients have keys. */
  private async visitorOf(request: IncomingMessage, { endpoint }: Route): Promise<Visitor> {
    const catalogue = this.catalogues.at(endpoint);
    if (!catalogue) throw new AppError('not_found');
    const { cookie: _, ...carried }: Carried = carriedBy(request, this.config.publicUrl);
    const principal = await this.authenticator.authenticate(carried);
    return { principal, carried, catalogue };
  }

  private fail(thrown: unknown, response: ServerResponse): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What is left of the body would be read as the next request.
    response.shouldKeepAlive &&= response.req.complete;
    if (thrown instanceof JsonRefused) {
      const code = thrown.kind === 'malformed' ? RPC.parseError : RPC.invalidRequest;
      return answerWithError(response, 400, { code, message: thrown.message });
    }
    const error = toAppError(thrown);
    if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code });
    answerWithAppError(response, error);
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (!isJsonContentType(request.headers['content-type'] ?? null)) throw new AppError('unsupported_media_type');
  return parseJsonBody(await readBody(request));
}

function onlyBy(method: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method === method) return;
  response.setHeader('Allow', method);
  throw new AppError('method_not_allowed');
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

const headerOf = <K extends string>(request: IncomingMessage, name: string, key: K): Partial<Record<K, string>> => {
  const value = request.headers[name];
  return typeof value === 'string' ? ({ [key]: value } as Record<K, string>) : {};
};
