import { Injectable, Logger } from '@nestjs/common';
import {
  createMcpHandler,
  type Server,
  type McpHttpHandler,
  type McpRequestContext,
} from '@modelcontextprotocol/server';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { AppError, whenClosed } from '../../platform/index.js';
import { Turnstile, TurnedAway } from '../../tools/index.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import { RPC, answerWithError } from '../http/rpc-error.js';
import { ListWatch } from '../list-watch.js';
import { McpSurface } from '../surface/mcp-surface.js';
import { ResourceWatching } from '../surface/resource-watching.js';
import { ModernConversation } from './conversation/modern-conversation.js';
import { paramHeaderMismatch } from './param-header-check.js';
import { Subscription } from './subscription.js';
import { toolCallOf, type ToolCall } from './tool-call-body.js';
import { sendWebResponse, toWebRequest } from './web-exchange.js';

const STREAMS_PER_USER = { seats: 20, queue: 0, waitMs: 0 };
const COME_BACK_SECONDS = 30;

/** Serves clients of revision 2026-07-28: no session, a fresh server for every request. */
@Injectable()
export class ModernDoor {
  private readonly logger = new Logger('ModernDoor');
  private readonly handler = createMcpHandler((context) => this.serverFor(context), this.options());
  private readonly streams = new Turnstile(STREAMS_PER_USER);
  private readonly open = new Set<McpHttpHandler>();

  constructor(
    private readonly surface: McpSurface,
    private readonly watch: ListWatch,
    private readonly watching: ResourceWatching,
    private readonly conversation: ModernConversation,
  ) {}

  async close(): Promise<void> {
    this.conversation.close();
    await Promise.all([this.handler, ...this.open].map((handler) => handler.close()));
  }

  /** @param body the parsed body of a POST, classified as not legacy */
  async post(request: IncomingMessage, response: ServerResponse, caller: McpCaller, body: unknown): Promise<void> {
    if (isListen(body)) return this.listen(request, response, caller, body);
    const call = toolCallOf(body);
    const mismatch = call && this.headerMismatch(call, caller, request.headers);
    if (mismatch) {
      const message = `Bad Request: the request headers and body disagree: ${mismatch}`;
      return answerWithError(response, 400, { code: RPC.headerMismatch, message }, call.id);
    }
    await this.exchange(this.handler, request, response, caller, body);
  }

  /** The SDK does not look at `Mcp-Param-*` here. Of a tool that the caller does not see, nothing is said. */
  private headerMismatch(
    { name, args }: ToolCall,
    { catalogue, principal }: McpCaller,
    headers: IncomingHttpHeaders,
  ): string | undefined {
    const offered = catalogue.tool(name);
    const mismatch = offered && paramHeaderMismatch(offered.tool.definition.inputSchema, args, headers);
    return mismatch && catalogue.tools(principal).some((tool) => tool.name === name) ? mismatch : undefined;
  }

  private async exchange(
    handler: McpHttpHandler,
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    parsedBody: unknown,
  ): Promise<void> {
    const answer = await handler.fetch(toWebRequest(request, caller.gone), {
      authInfo: authInfoOf(caller),
      parsedBody,
    });
    await sendWebResponse(answer, response);
  }

  private async listen(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    body: Record<string, unknown>,
  ): Promise<void> {
    const leave = await this.seat(caller.principal.userId);
    if (caller.gone.aborted) return leave();
    const bus = new Subscription(caller, this.watch, this.watching, () => void handler.close());
    const handler = createMcpHandler((context) => this.serverFor(context), { ...this.options(), bus });
    this.open.add(handler);
    whenClosed(response, () => {
      this.open.delete(handler);
      bus.close();
      leave();
    });
    await this.exchange(handler, request, response, caller, bus.narrowed(body));
  }

  private async seat(userId: string): Promise<() => void> {
    try {
      return await this.streams.enter(userId);
    } catch (error) {
      if (error instanceof TurnedAway)
        throw new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } });
      throw error;
    }
  }

  /** The SDK has compared the header with the body by now. */
  private serverFor({ authInfo, requestInfo }: McpRequestContext): Server {
    const caller = authInfo?.extra?.['caller'] as McpCaller;
    return this.surface.serverFor(caller, requestInfo?.headers.get('mcp-method') === 'server/discover');
  }

  private options() {
    return { legacy: 'reject', onerror: (error: Error) => this.logger.debug({ err: error }) } as const;
  }
}

const isListen = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen';
