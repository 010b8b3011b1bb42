import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeStreamableHTTPServerTransport, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { EventLog } from '../conformance/event-log.ts';
import type { FakeMcpOptions, FakeMcpState } from './options.ts';
import { createFakeServer } from './server.ts';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The fake's streamable HTTP endpoint: stateless for modern requests, with sessions for legacy ones. */
export function streamableHttpHandler(options: FakeMcpOptions, state: FakeMcpState): HttpHandler {
  const modern = createMcpHandler(
    (context) => createFakeServer(options, state, Object.fromEntries(context.requestInfo?.headers ?? []), 'modern'),
    {
      legacy: 'reject',
    },
  );
  state.onToolsChanged(() => modern.notify.toolsChanged());
  if (!options.unwatchable) state.onResourceTouched((uri) => modern.notify.resourceUpdated(uri));
  const serveModern = toNodeHandler(modern);
  const serveLegacy = legacySessions(options, state);
  return async (request, response) => {
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    if (state.cutsCalls && methodOf(body) === 'tools/call') return void request.socket.destroy();
    if (options.fault === 'wrong-id' && methodOf(body) === 'tools/call') return answerUnderWrongId(response);
    const legacy = request.method !== 'POST' || (await isLegacyRequest(await toWebRequest(request, body), body));
    if (legacy && options.era !== 'modern') return serveLegacy(request, response, body);
    // A server that only knows old revisions has never heard of server/discover.
    if (!legacy && options.era === 'legacy') return serveLegacy(request, response, body);
    await serveModern(request, response, body);
  };
}

function legacySessions(options: FakeMcpOptions, state: FakeMcpState) {
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>();
  const transports = new Set<NodeStreamableHTTPServerTransport>();
  state.forgetSessions = () => sessions.clear();
  state.endSessions = () => transports.forEach((transport) => void transport.close());
  return async (request: IncomingMessage, response: ServerResponse, body: unknown): Promise<void> => {
    if (options.fault === 'forgetful' && methodOf(body) === 'tools/call') sessions.clear();
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (known) return known.handleRequest(request, response, body);
    if (id !== undefined) return refuse(response, 404, 'Session not found');
    if (methodOf(body) !== 'initialize') return refuse(response, 400, 'No valid session ID provided');
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      ...(options.talks && { eventStore: new EventLog(), retryInterval: 20 }),
      onsessioninitialized: (session) => void sessions.set(session, transport),
    });
    transports.add(transport);
    transport.onclose = () => {
      sessions.delete(transport.sessionId ?? '');
      transports.delete(transport);
    };
    await createFakeServer(options, state).connect(transport);
    await transport.handleRequest(request, response, body);
  };
}

const methodOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'method' in body ? body.method : undefined;

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message } }));
}

function answerUnderWrongId(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: 987654, result: { resultType: 'complete', content: [] } }));
}
