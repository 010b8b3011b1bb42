import { Injectable } from '@nestjs/common';
import type { Server, Tool } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { ToolInvoker, isForModels } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import type { Catalogue, OfferedTool } from '../catalogue/catalogue.js';
import { rendersApps, withPublicApp, withoutApp } from './apps.js';
import { answering, listing } from './method-handler.js';
import { originOf } from './origin.js';
import { relayedToolResult } from './relay.js';

/** `tools/list` and `tools/call`. */
@Injectable()
export class ToolMethods {
  constructor(private readonly invoker: ToolInvoker) {}

  serve(server: Server): void {
    server.setRequestHandler(
      'tools/list',
      listing(({ principal, catalogue }, context) => {
        const apps = rendersApps(server, context);
        const offered = catalogue.tools(principal).filter(({ tool }) => apps || isForModels(tool.definition));
        return { tools: offered.map((each) => shownTool(each, apps ? catalogue : undefined)) };
      }),
    );
    server.setRequestHandler(
      'tools/call',
      answering(
        async ({ name, arguments: args = {} }: { name: string; arguments?: Record<string, unknown> }, context) => {
          const call = { ...originOf(context), arguments: args };
          const { catalogue } = callerOf(context);
          const offered = catalogue.tool(name);
          const apps = rendersApps(server, context);
          if (!offered || !(apps || isForModels(offered.tool.definition)))
            throw await this.invoker.refuseUnknown(call, '', name);
          const { definition, serviceId, serviceSlug: slug } = offered.tool;
          try {
            const { result } = await this.invoker.invoke({ ...call, serviceId, tool: definition.name });
            const place = { slug, addresses: catalogue.addresses };
            const relayed = relayedToolResult(result, place);
            const shown = apps ? withPublicApp(relayed, place) : withoutApp(relayed);
            return server.projectCallToolResult(shown, definition.outputSchema);
          } catch (error) {
            throw underPublicName(error, name);
          }
        },
      ),
    );
  }
}

/** The definition as the service gave it, under the endpoint's name. @param apps undefined: the client renders none */
function shownTool({ name, tool, description }: OfferedTool, apps: Catalogue | undefined): Tool {
  const { definition, serviceSlug: slug } = tool;
  const { addresses } = apps ?? {};
  const described = addresses ? withPublicApp(definition, { slug, addresses }) : withoutApp(definition);
  return {
    ...described,
    name,
    title: definition.title ?? definition.name,
    ...(description && { description }),
  } as Tool;
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
