import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { EventLog } from './event-log.ts';
import { listed } from './fixture-tool.ts';
import { PLAIN_TOOLS } from './plain-tools.ts';
import { PLAIN_PROMPTS, servePrompts } from './prompts.ts';
import { PUSH_TOOLS } from './push-tools.ts';
import { serveResources } from './resources.ts';

const TOOLS = { ...PLAIN_TOOLS, ...PUSH_TOOLS };
const RETRY_MS = 100;

/** The fixture of the legacy era: revisions up to 2025-11-25, with sessions, a GET stream and streams that can be resumed. */
export function legacyFixture(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>();
  return async (request, response) => {
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return openSession(sessions, request, response);
    const session = sessions.get(String(id));
    if (session) return session.handleRequest(request, response);
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}');
  };
}

async function openSession(
  sessions: Map<string, NodeStreamableHTTPServerTransport>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (session) => void sessions.set(session, transport),
    onsessionclosed: (session) => void sessions.delete(session),
    eventStore: new EventLog(),
    retryInterval: RETRY_MS,
  });
  await createServer().connect(transport);
  await transport.handleRequest(request, response);
}

function createServer(): Server {
  const server = new Server(
    { name: 'conformance-fixture-legacy', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
      },
    },
  );
  server.setRequestHandler('tools/list', () => ({ tools: listed(TOOLS) }));
  server.setRequestHandler('tools/call', (request, context) => {
    const tool = Object.entries(TOOLS).find(([name]) => name === request.params.name)?.[1];
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${request.params.name}`);
    return tool.run(request.params.arguments ?? {}, context);
  });
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
  serveResources(server);
  servePrompts(server, () => PLAIN_PROMPTS);
  return server;
}
