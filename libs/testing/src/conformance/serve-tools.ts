import { ProtocolError, ProtocolErrorCode, type CallToolResult, type Server } from '@modelcontextprotocol/server';
import type { ChangingLists } from './changing-lists.ts';
import { listed, type Arguments } from './fixture-tool.ts';

type StartTask = (name: string, args: Arguments) => CallToolResult | undefined;

/**
 * Lists and calls the tools of `lists`.
 *
 * @param startTask for callers that ask for a task
 */
export function serveTools(server: Server, lists: ChangingLists, startTask: StartTask = () => undefined): void {
  server.setRequestHandler('tools/list', () => ({ tools: listed(lists.tools) }));
  server.setRequestHandler('tools/call', (request, context) => {
    const { name, arguments: args, task } = request.params;
    const started = task && startTask(name, args ?? {});
    if (started) return started;
    const tool = Object.entries(lists.tools).find(([known]) => known === name)?.[1];
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
    return tool.run(args ?? {}, context);
  });
}
