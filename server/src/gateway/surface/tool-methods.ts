import { Injectable } from '@nestjs/common';
import type { Server, Tool } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { ToolInvoker } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import type { OfferedTool } from '../catalogue/catalogue.js';
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
      listing(({ principal, catalogue }) => ({ tools: catalogue.tools(principal).map(shownTool) })),
    );
    server.setRequestHandler(
      'tools/call',
      answering(
        async ({ name, arguments: args = {} }: { name: string; arguments?: Record<string, unknown> }, context) => {
          const call = { ...originOf(context), arguments: args };
          const { catalogue } = callerOf(context);
          const offered = catalogue.tool(name);
          if (!offered) throw await this.invoker.refuseUnknown(call, '', name);
          const { definition, serviceId, serviceSlug: slug } = offered.tool;
          try {
            const { result } = await this.invoker.invoke({ ...call, serviceId, tool: definition.name });
            const { addresses } = catalogue;
            return server.projectCallToolResult(
              relayedToolResult(result, { slug, addresses }),
              definition.outputSchema,
            );
          } catch (error) {
            throw underPublicName(error, name);
          }
        },
      ),
    );
  }
}

/** The definition as the service gave it, under the endpoint's name. */
const shownTool = ({ name, tool: { definition }, description }: OfferedTool): Tool =>
  ({ ...definition, name, title: definition.title ?? definition.name, ...(description && { description }) }) as Tool;

/** The client knows the tool by its public name only, and must not learn from an error that another name exists. */
function underPublicName(error: unknown, publicName: string): unknown {
  if (!(error instanceof AppError) || error.details['tool'] === undefined) return error;
  return new AppError(error.code, {
    details: { ...error.details, tool: publicName },
    ...(error.fields && { fields: error.fields }),
    cause: error.cause,
  });
}
