import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer, type JsonSchemaType } from '@modelcontextprotocol/server';
import { ASK_PROMPTS, ASK_TOOLS, requestState } from './ask-tools.ts';
import { PUSH_TWINS } from './ask-twins.ts';
import { ChangingLists } from './changing-lists.ts';
import { object, text, type FixtureTool } from './fixture-tool.ts';
import { PLAIN_TOOLS } from './plain-tools.ts';
import { PLAIN_PROMPTS, servePrompts } from './prompts.ts';
import { serveResources } from './resources.ts';
import { serveTools } from './serve-tools.ts';
import { TaskStore } from './task-store.ts';
import { serveTasks, TASKS_EXTENSION, taskTools } from './task-tools.ts';

const HEADER_SCHEMA = object({ region: { type: 'string', 'x-mcp-header': 'Region' }, note: { type: 'string' } }, [
  'region',
]);
const HEADER_TOOL = 'test_x_mcp_header';
const headerTool: FixtureTool = {
  description: 'Wants one of its arguments as a header too.',
  inputSchema: HEADER_SCHEMA,
  run: (args) => text(String(args.region)),
};

/** The fixture of the modern era: 2026-07-28 only, with the tasks extension. */
export function modernFixture(): {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
} {
  const tasks = new TaskStore();
  const tools = { ...PLAIN_TOOLS, ...ASK_TOOLS, ...PUSH_TWINS, ...taskTools(tasks), [HEADER_TOOL]: headerTool };
  const lists = new ChangingLists(tools, { ...PLAIN_PROMPTS, ...ASK_PROMPTS });
  const handler = createMcpHandler(() => createServer(lists, tasks), { legacy: 'reject' });
  lists.tell.tools = () => handler.notify.toolsChanged();
  lists.tell.prompts = () => handler.notify.promptsChanged();
  const close = async (): Promise<void> => {
    tasks.cancelAll();
    await handler.close();
  };
  return { handle: toNodeHandler(handler), close };
}

function createServer(lists: ChangingLists, tasks: TaskStore): McpServer {
  const server = new McpServer(
    { name: 'conformance-fixture-modern', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
        extensions: { [TASKS_EXTENSION]: {} },
      },
      requestState: { verify: (state, context) => requestState.verify(state, context) },
    },
  );
  // Registered so that the SDK compares its header with its argument; the handlers below list it and answer for it.
  server.registerTool(HEADER_TOOL, { inputSchema: fromJsonSchema(HEADER_SCHEMA as JsonSchemaType) }, () => text(''));
  serveTools(server.server, lists);
  serveResources(server.server);
  servePrompts(server.server, () => lists.prompts);
  serveTasks(server.server, tasks);
  return server;
}
