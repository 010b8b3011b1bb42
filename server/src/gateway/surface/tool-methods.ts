import { Injectable } from '@nestjs/common';
import type { CallToolResult, InputRequiredResult, Server, Tool } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { AppError } from '../../platform/index.js';
import { SEARCH_TOOLS } from '../../profiles/index.js';
import { ServiceDirectory } from '../../services/index.js';
import { ToolInvoker, isForModels } from '../../tools/index.js';
import { callerOf, type McpCaller } from '../caller.js';
import type { OfferedTool } from '../catalogue/catalogue.js';
import { clientOf, type CallingClient } from '../direct/calling-client.js';
import { rendersApps, withPublicApp, withoutApp } from './apps.js';
import { Conversations } from './conversations.js';
import { answering, listing } from './method-handler.js';
import { originOf } from './origin.js';
import { relayedQuestion, relayedToolResult } from './relay.js';
import { SearchMethods, callMeant, isSearched } from './search-methods.js';
import { ShownLists } from './shown-tool.js';
import { TaskCalls, type TaskWish } from '../tasks/task-calls.js';
import type { ToolWork } from '../tasks/task-call.js';
import { hasCoreTasks } from '../tasks/task-eras.js';
import type { Subject } from './subject.js';

interface CallParams {
  readonly name: string;
  readonly arguments?: Record<string, unknown>;
  /** Of 2025-11-25. */
  readonly task?: TaskWish;
}

/** `tools/list` and `tools/call`. */
@Injectable()
export class ToolMethods {
  private readonly shown = new ShownLists();

  constructor(
    private readonly invoker: ToolInvoker,
    private readonly services: ServiceDirectory,
    private readonly conversations: Conversations,
    private readonly tasks: TaskCalls,
    private readonly finding: SearchMethods,
  ) {}

  serve(server: Server): void {
    server.setRequestHandler(
      'tools/list',
      listing((_, context) => this.list(context, server)),
    );
    server.setRequestHandler(
      'tools/call',
      answering((params: CallParams, context) => this.answer(clientOf(server), params, context)),
    );
  }

  /** One `tools/list`. @param server absent for a modern client that is answered past the SDK */
  list(context: CallContext, server?: Server): { tools: Tool[] } {
    const caller = callerOf(context);
    if (isSearched(caller)) return { tools: [...SEARCH_TOOLS] as Tool[] };
    const { catalogue, principal } = caller;
    const apps = rendersApps(server, context) ? catalogue : undefined;
    const coreTasks = server !== undefined && hasCoreTasks(server);
    return { tools: this.shown.of(catalogue.tools(principal), { apps, coreTasks }) };
  }

  /** One `tools/call`. @throws what the call throws; `answering` makes errors of the protocol of it */
  answer(
    client: CallingClient,
    params: CallParams,
    context: CallContext,
  ): CallToolResult | Promise<CallToolResult | InputRequiredResult> {
    const caller = callerOf(context);
    if (!isSearched(caller)) return this.call(client, params, context);
    return this.finding.answer(params, caller) ?? this.call(client, callMeant(params), context);
  }

  private async call(
    client: CallingClient,
    { name, arguments: args = {}, task: wish }: CallParams,
    context: CallContext,
  ) {
    const caller = callerOf(context);
    const { catalogue, principal } = caller;
    const offered = catalogue.tool(name) ?? (await this.toolOfStranger(name, caller));
    const apps = rendersApps(client.server, context);
    if (!offered || !(apps || isForModels(offered.tool.definition))) {
      throw await this.invoker.refuseUnknown({ ...originOf(context), arguments: args }, '', name);
    }
    const { definition, serviceId, serviceSlug: slug } = offered.tool;
    const subject: Subject = {
      method: 'tools/call',
      service: this.services.find(serviceId) ?? { id: serviceId, name: slug },
      place: { slug, addresses: catalogue.addresses },
      name: definition.name,
      label: definition.name,
      arguments: args,
      isAllowed: () => catalogue.tools(principal).some((each) => each.name === name),
    };
    const work = this.workOf(offered, subject, apps);
    return this.conversations.hold(context, subject, (origin) =>
      this.tasks.answer({ client, context, origin, work, ...(wish && { wish }) }),
    );
  }

  /** A service that was just registered has no lists yet: whoever calls one of its tools by name waits for them. */
  private async toolOfStranger(name: string, { catalogue, principal }: McpCaller): Promise<OfferedTool | undefined> {
    const meant = catalogue.meant(name);
    if (!meant) return undefined;
    const { slug: serviceId, tool } = meant;
    await this.invoker.meet({ principal, door: 'mcp', serviceId, tool, ...(catalogue.via && { via: catalogue.via }) });
    return catalogue.tool(name);
  }

  /** @param apps whether the client renders them */
  private workOf({ name, tool }: OfferedTool, { service, place, arguments: args }: Subject, apps: boolean): ToolWork {
    const { definition, serviceId } = tool;
    return {
      service: service.name,
      shown: (question) => relayedQuestion(question, place),
      ...(definition.outputSchema && { outputSchema: definition.outputSchema }),
      run: async (origin) => {
        try {
          const { result } = await this.invoker.invoke({
            ...origin,
            serviceId,
            tool: definition.name,
            arguments: args,
          });
          const relayed = relayedToolResult(result, place);
          return apps ? withPublicApp(relayed, place) : withoutApp(relayed);
        } catch (error) {
          throw underPublicName(error, name);
        }
      },
    };
  }
}

/** The client knows the tool by its public name only, and must not learn from an error that another name exists. */
function underPublicName(error: unknown, publicName: string): unknown {
  if (!(error instanceof AppError) || error.details['tool'] === undefined) return error;
  return new AppError(error.code, {
    details: { ...error.details, tool: publicName },
    ...(error.fields && { fields: error.fields }),
    cause: error.cause,
  });
}
