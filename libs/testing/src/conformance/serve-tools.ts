import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server';
import type { ChangingLists } from './changing-lists.ts';
import { listed } from './fixture-tool.ts';

/** Lists and calls the tools of `lists`. */
export function serveTools(server: Server, lists: ChangingLists): void {
  server.setRequestHandler('tools/list', () => ({ tools: listed(lists.tools) }));
  server.setRequestHandler('tools/call', (request, context) => {
    const { name, arguments: args } = request.params;
    const tool = Object.entries(lists.tools).find(([known]) => known === name)?.[1];
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
    return tool.run(args ?? {}, context);
  });
}
