import { Inject, Injectable, Logger } from '@nestjs/common';
import { classifyInboundRequest, isInitializeRequest, isJsonContentType } from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Authenticator, carriedBy, type Carried } from '../auth/index.js';
import {
  AppError,
  CONFIG,
  JsonRefused,
  RequestContext,
  contextOf,
  parseJsonBody,
  readBody,
  toAppError,
  type Config,
} from '../platform/index.js';
import { goneSignal } from '../tools/index.js';
import type { McpCaller } from './caller.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { Catalogues } from './catalogue/catalogues.js';
import { objectionTo } from './http/entrance.js';
import { RPC, answerWithAppError, answerWithError } from './http/rpc-error.js';
import { LegacyDoor } from './legacy/legacy-door.js';
import { ModernDoor } from './modern/modern-door.js';
import { selfReportedIn } from './traffic/self-reported.js';
import { tapResponse } from './traffic/tapped-response.js';
import { Traffic, type CurrentTap } from './traffic/traffic.js';

const PATH = '/mcp';

/**
 * Answers `/mcp` and what lies below it in front of the framework: host and origin, credential, size and shape of the body, then the era of the
 * client decides by which door it comes in. The body decides the era, never a header.
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
  ) {}

  /** Whether a request is for us; everything else is the framework's. */
  owns(url: string): boolean {
    const path = pathOf(url);
    return path === PATH || path.startsWith(`${PATH}/`);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const context = contextOf(request, request.socket.remoteAddress ?? null);
    response.setHeader('X-Request-Id', context.requestId);
    void RequestContext.run(context, () =>
      this.serve(request, response).catch((error: unknown) => this.fail(error, response)),
    );
  }

  /** Ends every stream and session; requests in flight are cancelled. */
  async close(): Promise<void> {
    this.legacy.close();
    await this.modern.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const objection = objectionTo(request, this.config);
    if (objection)
      return answerWithError(response, objection.status, { code: RPC.badRequest, message: objection.message });
    const catalogue = this.catalogues.at(pathOf(request.url ?? ''));
    if (!catalogue) throw new AppError('not_found');
    const caller = await this.callerOf(request, response, catalogue);
    if (caller.gone.aborted) return;
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

  private async post(request: IncomingMessage, response: ServerResponse, caller: McpCaller): Promise<void> {
    if (!isJsonContentType(request.headers['content-type'] ?? null)) throw new AppError('unsupported_media_type');
    const body = parseJsonBody(await readBody(request));
    const era = classifyInboundRequest({
      httpMethod: 'POST',
      body,
      ...headerOf(request, 'mcp-protocol-version', 'protocolVersionHeader'),
      ...headerOf(request, 'mcp-method', 'mcpMethodHeader'),
      ...headerOf(request, 'mcp-name', 'mcpNameHeader'),
    });
    if (era.kind !== 'legacy') return this.watched(request, response, caller, body, this.modern);
    if (!isInitializeRequest(body)) return this.watched(request, response, caller, body, this.legacy);
    await this.legacy.post(request, response, caller, body);
    this.noteVisit(request, caller, 'legacy', body, response.getHeader('mcp-session-id'));
  }

  private watched(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    body: unknown,
    door: LegacyDoor | ModernDoor,
  ): Promise<void> {
    const tap = this.noteVisit(request, caller, door === this.modern ? 'modern' : 'legacy', body);
    for (const message of Array.isArray(body) ? body : [body]) tap()?.note('client', 'in', message);
    tapResponse(response, tap);
    return door.post(request, response, { ...caller, tap }, body);
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
    const endpoint = pathOf(request.url ?? '');
    const sessionId = era === 'legacy' && typeof session === 'string' ? { sessionId: session } : {};
    return this.traffic.note({ principal, endpoint, era, ...sessionId, ...(client && { client }) });
  }

  /** A cookie does not count here: a browser sends it unasked, and MCP clients have keys. */
  private async callerOf(request: IncomingMessage, response: ServerResponse, catalogue: Catalogue): Promise<McpCaller> {
    const { cookie: _, ...carried }: Carried = carriedBy(request, this.config.publicUrl);
    const principal = await this.authenticator.authenticate(carried);
    return { principal, carried, catalogue, gone: goneSignal(response) };
  }

  private fail(thrown: unknown, response: ServerResponse): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What is left of the body would be read as the next request.
    response.shouldKeepAlive = response.req.complete;
    if (thrown instanceof JsonRefused) {
      const code = thrown.kind === 'malformed' ? RPC.parseError : RPC.invalidRequest;
      return answerWithError(response, 400, { code, message: thrown.message });
    }
    const error = toAppError(thrown);
    if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code });
    answerWithAppError(response, error);
  }
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

const headerOf = <K extends string>(request: IncomingMessage, name: string, key: K): Partial<Record<K, string>> => {
  const value = request.headers[name];
  return typeof value === 'string' ? ({ [key]: value } as Record<K, string>) : {};
};
