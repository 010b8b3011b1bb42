import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  fromJsonSchema,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type JsonSchemaType,
} from '@modelcontextprotocol/server';
import { ASK_PROMPTS, ASK_TOOLS, requestState } from './ask-tools.ts';
import { listed, object, text, type FixtureTools } from './fixture-tool.ts';
import { PLAIN_TOOLS } from './plain-tools.ts';
import { PLAIN_PROMPTS, says, servePrompts, type FixturePrompts } from './prompts.ts';
import { serveResources } from './resources.ts';
import { TaskStore } from './task-store.ts';
import { serveTasks, TASKS_EXTENSION, taskTools } from './task-tools.ts';

const HEADER_SCHEMA = object({ region: { type: 'string', 'x-mcp-header': 'Region' }, note: { type: 'string' } }, [
  'region',
]);
const HEADER_TOOL = 'test_x_mcp_header';

/** What comes and goes while the fixture runs, so that a change of a list can be seen. */
class Changing {
  tool = false;
  prompt = false;
  readonly tasks = new TaskStore();
  readonly notify: { tools: () => void; prompts: () => void } = { tools: () => undefined, prompts: () => undefined };

  tools(): FixtureTools {
    return {
      ...PLAIN_TOOLS,
      ...ASK_TOOLS,
      ...taskTools(this.tasks),
      [HEADER_TOOL]: {
        description: 'Wants one of its arguments as a header too.',
        inputSchema: HEADER_SCHEMA,
        run: (args) => text(String(args.region)),
      },
      test_trigger_tool_change: {
        description: 'Adds a tool, or removes it again.',
        run: () => {
          this.tool = !this.tool;
          this.notify.tools();
          return text('The list of tools changed.');
        },
      },
      test_trigger_prompt_change: {
        description: 'Adds a prompt, or removes it again.',
        run: () => {
          this.prompt = !this.prompt;
          this.notify.prompts();
          return text('The list of prompts changed.');
        },
      },
      ...(this.tool && { test_changing_tool: { description: 'Comes and goes.', run: () => text('Here.') } }),
    };
  }

  prompts(): FixturePrompts {
    const changing = { definition: { description: 'Comes and goes.' }, get: () => ({ messages: [says('Here.')] }) };
    return { ...PLAIN_PROMPTS, ...ASK_PROMPTS, ...(this.prompt && { test_changing_prompt: changing }) };
  }
}

/** The fixture of the modern era: 2026-07-28 only, with the tasks extension. */
export function modernFixture(): {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
} {
  const state = new Changing();
  const handler = createMcpHandler(() => createServer(state), { legacy: 'reject' });
  state.notify.tools = () => handler.notify.toolsChanged();
  state.notify.prompts = () => handler.notify.promptsChanged();
  const close = async (): Promise<void> => {
    state.tasks.cancelAll();
    await handler.close();
  };
  return { handle: toNodeHandler(handler), close };
}

function createServer(state: Changing): McpServer {
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
  serveTools(server, state);
  serveResources(server.server);
  servePrompts(server.server, () => state.prompts());
  serveTasks(server.server, state.tasks);
  return server;
}

function serveTools({ server }: McpServer, state: Changing): void {
  server.setRequestHandler('tools/list', () => ({ tools: listed(state.tools()) }));
  server.setRequestHandler('tools/call', (request, context) => {
    const tool = state.tools()[request.params.name];
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${request.params.name}`);
    return tool.run(request.params.arguments ?? {}, context);
  });
}
