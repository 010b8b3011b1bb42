import {
  Server,
  type JSONRPCRequest,
  type Result,
  type ServerCapabilities,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { isStartedTask } from '../tasks/started-task.js';
import { withTasks } from '../tasks/task-eras.js';

type RawHandler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>;

/** The SDK's server, which knows tasks of neither era. */
export class SurfaceServer extends Server {
  /** Asked for when client and server have agreed on a revision. */
  override getCapabilities(): ServerCapabilities {
    return withTasks(super.getCapabilities(), this.getNegotiatedProtocolVersion());
  }

  /** The SDK takes every answer to a tool call for a tool's result, and adds content to it; a task goes past it. */
  protected override _wrapHandler(method: string, handler: RawHandler): RawHandler {
    if (method !== 'tools/call') return super._wrapHandler(method, handler);
    return async (request, context) => {
      let task: Result | undefined;
      const withoutTask: RawHandler = async (...exchange) => {
        const result = await handler(...exchange);
        if (!isStartedTask(result)) return result;
        task = result;
        return { content: [] };
      };
      const result = await super._wrapHandler(method, withoutTask)(request, context);
      return task ?? result;
    };
  }
}
