import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** A service on the official v1 server, with sessions by streamable HTTP. */
export interface OldService {
  url: string;
  /** Lets the next `step` end only when the returned function is called: who hears progress can prove it before the answer. */
  hold(): () => void;
  close(): Promise<void>;
}

const text = (value: unknown): CallToolResult => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});

/** Starts it in this process, on loopback. */
export async function startOldService(): Promise<OldService> {
  let held: Promise<void> = Promise.resolve();
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    const transport = id === undefined ? await openSession() : sessions.get(String(id));
    if (!transport) return void response.writeHead(404).end();
    await transport.handleRequest(request, response, request.method === 'POST' ? await json(request) : undefined);
  }

  async function openSession(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await serverWith(() => held).connect(transport);
    return transport;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The service has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    close: async () => {
      await Promise.all([...sessions.values()].map((session) => session.close()));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** @param held resolves when `step` may end */
function serverWith(held: () => Promise<void>): Server {
  const server = new Server({ name: 'old', version: '1' }, { capabilities: { tools: {} } });
  const tools: Record<string, (args: Record<string, unknown>, extra: Extra) => Promise<CallToolResult>> = {
    add: ({ a, b }) => Promise.resolve(text(String(Number(a) + Number(b)))),
    fail: () => Promise.resolve({ ...text('It did not work.'), isError: true }),
    step: async (_args, extra) => {
      const progressToken = extra._meta?.progressToken ?? 'none';
      await extra.sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress: 1, total: 2 },
      });
      await held();
      return text('done');
    },
    ask: async (_args, extra) => {
      const requestedSchema = { type: 'object' as const, properties: { answer: { type: 'string' as const } } };
      const params = { message: 'Sure?', requestedSchema };
      return text(await extra.sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema));
    },
    think: async (_args, extra) => {
      const content = { type: 'text' as const, text: 'Think' };
      const params = { messages: [{ role: 'user' as const, content }], maxTokens: 5 };
      return text(await extra.sendRequest({ method: 'sampling/createMessage', params }, CreateMessageResultSchema));
    },
  };
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: 'object' as const } })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: args = {} } }, extra) => {
    const tool = tools[name];
    if (!tool) throw new Error(`no tool ${name}`);
    return tool(args, extra);
  });
  return server;
}
