import { Injectable } from '@nestjs/common';
import type { Server, Tool } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { ToolDirectory, ToolInvoker, type ToolView } from '../../tools/index.js';
import { answering, listing, originOf } from './method-handler.js';
import { relayedToolResult } from './relay.js';

/** `tools/list` and `tools/call`. */
@Injectable()
export class ToolMethods {
  constructor(
    private readonly directory: ToolDirectory,
    private readonly invoker: ToolInvoker,
  ) {}

  serve(server: Server): void {
    server.setRequestHandler(
      'tools/list',
      listing((principal) => ({ tools: this.directory.visibleTo(principal).map(shownTool) })),
    );
    server.setRequestHandler(
      'tools/call',
      answering(
        async ({ name, arguments: args = {} }: { name: string; arguments?: Record<string, unknown> }, context) => {
          const call = { ...originOf(context), arguments: args };
          const tool = this.directory.findByPublicName(name);
          if (!tool) throw await this.invoker.refuseUnknown(call, '', name);
          const { definition, serviceId, serviceSlug } = tool;
          try {
            const { result } = await this.invoker.invoke({ ...call, serviceId, tool: definition.name });
            return server.projectCallToolResult(relayedToolResult(result, serviceSlug), definition.outputSchema);
          } catch (error) {
            throw underPublicName(error, tool);
          }
        },
      ),
    );
  }
}

/** The definition as the service gave it, under our name. */
const shownTool = ({ definition, publicName }: ToolView): Tool =>
  ({ ...definition, name: publicName, title: definition.title ?? definition.name }) as Tool;

/** The client knows the tool by its public name only, and must not learn from an error that another name exists. */
function underPublicName(error: unknown, { publicName }: ToolView): unknown {
  if (!(error instanceof AppError) || error.details['tool'] === undefined) return error;
  return new AppError(error.code, {
    details: { ...error.details, tool: publicName },
    ...(error.fields && { fields: error.fields }),
    cause: error.cause,
  });
}
