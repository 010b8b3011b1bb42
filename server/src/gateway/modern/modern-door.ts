import { Injectable, Logger } from '@nestjs/common';
import {
  createMcpHandler,
  type Server,
  type McpHttpHandler,
  type McpRequestContext,
} from '@modelcontextprotocol/server';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { AppError, whenClosed } from '../../platform/index.js';
import { Turnstile, TurnedAway } from '../../limits/index.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import { directListOf, type DirectCall } from '../direct/direct-call.js';
import { DirectCalls, statusOf } from '../direct/direct-calls.js';
import { RPC, answerWithError } from '../http/rpc-error.js';
import { writeMessage } from '../http/write-message.js';
import { ListWatch } from '../list-watch.js';
import { McpSurface } from '../surface/mcp-surface.js';
import { ResourceWatching } from '../surface/resource-watching.js';
import { TaskNews } from '../tasks/task-news.js';
import { ModernConversation } from './conversation/modern-conversation.js';
import { paramHeaderMismatch } from './param-header-check.js';
import { Subscription } from './subscription.js';
import { toolCallOf, type ToolCall } from './tool-call-body.js';
import { sendWebResponse, toWebRequest } from './web-exchange.js';

const STREAMS_PER_USER = { seats: 20, queue: 0, waitMs: 0 };
const COME_BACK_SECONDS = 30;

/** One request or notification of a modern client, by whatever wire it came. */
export interface ModernExchange {
  /** Without a body. Its headers must say what the body says, and its signal tells that nobody waits any more. */
  readonly request: Request;
  readonly caller: McpCaller;
  /** Parsed. */
  readonly body: unknown;
  /** @param then called once, when the answer is complete or nobody takes it any more */
  whenOver(then: () => void): void;
}

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
    private readonly taskNews: TaskNews,
    private readonly calls: DirectCalls,
  ) {}

  async close(): Promise<void> {
    this.conversation.close();
    await Promise.all([this.handler, ...this.open].map((handler) => handler.close()));
  }

  /**
   * @param body the parsed body of a POST, classified as not legacy
   * @param direct the same, when it is a plain tool call
   */
  async post(
    request: IncomingMessage,
    response: ServerResponse,
    caller: McpCaller,
    body: unknown,
    direct?: DirectCall,
  ): Promise<void> {
    const call = toolCallOf(body);
    const mismatch = call && this.headerMismatch(call, caller, request.headers);
    if (mismatch) {
      const message = `Bad Request: the request headers and body disagree: ${mismatch}`;
      return answerWithError(response, 400, { code: RPC.headerMismatch, message }, call.id);
    }
    if (direct) {
      const answer = await this.calls.answerModern(direct, caller);
      return writeMessage(response, statusOf(answer), answer);
    }
    const list = directListOf(body, request.headers);
    if (list) return writeMessage(response, 200, await this.calls.listModern(list, caller));
    const exchange = { request: toWebRequest(request, caller.gone), caller, body };
    await sendWebResponse(await this.answer({ ...exchange, whenOver: (then) => whenClosed(response, then) }), response);
  }

  /** @throws {AppError} `too_many_calls` */
  answer(exchange: ModernExchange): Promise<Response> {
    return isListen(exchange.body) ? this.listen(exchange, exchange.body) : this.fetch(this.handler, exchange);
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

  private fetch(handler: McpHttpHandler, { request, caller, body }: ModernExchange): Promise<Response> {
    return handler.fetch(request, { authInfo: authInfoOf(caller), parsedBody: body });
  }

  private async listen(exchange: ModernExchange, body: Record<string, unknown>): Promise<Response> {
    const { caller } = exchange;
    const tasks = await this.taskNews.follow(caller, body);
    const leave = await this.seat(caller.principal.userId);
    const bus = new Subscription(caller, this.watch, this.watching, () => void handler.close());
    const handler = createMcpHandler((context) => this.serverFor(context), { ...this.options(), bus });
    this.open.add(handler);
    exchange.whenOver(() => {
      this.open.delete(handler);
      bus.close();
      tasks.close();
      leave();
    });
    return tasks.extended(await this.fetch(handler, { ...exchange, body: tasks.widened(bus.narrowed(body)) }));
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
