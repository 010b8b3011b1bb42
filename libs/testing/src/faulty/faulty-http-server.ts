import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HTTP_FAULTS, type HttpFault } from './http-faults.ts';
import { answerText, politeResult, textResult, type FaultyEra, type RpcRequest } from './protocol.ts';

export interface RunningFaultyServer {
  url: string;
  /** The tools that were called, in order. */
  readonly calls: readonly string[];
  /** Requests of other paths than the endpoint's: somebody followed a redirect. */
  readonly astray: readonly string[];
  /** Tool calls whose response is still open. */
  readonly open: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * Starts a service that speaks the protocol well, except in the tools of `HTTP_FAULTS` and in `more`; `fine` is well-behaved.
 *
 * @param more further tools
 */
export async function startFaultyHttpServer(
  era: FaultyEra,
  more: Readonly<Record<string, HttpFault>> = {},
): Promise<RunningFaultyServer> {
  const tools: Readonly<Record<string, HttpFault>> = { ...HTTP_FAULTS, ...more };
  const calls: string[] = [];
  const astray: string[] = [];
  const open = new Set<string>();
  const call = (request: RpcRequest, response: ServerResponse): void => {
    const name = request.params?.name ?? '';
    calls.push(name);
    open.add(name);
    response.on('close', () => open.delete(name));
    const fault = tools[name];
    if (fault) fault(request, response);
    else answer(response, 200, answerText(request.id, textResult('fine')));
  };
  const server = createServer((request, response) => {
    if (request.url !== '/mcp') astray.push(request.url ?? '');
    void handle(request, response, era, Object.keys(tools), call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}/mcp`, calls, astray, open, close };
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  era: FaultyEra,
  tools: readonly string[],
  call: HttpFault,
): Promise<void> {
  if (incoming.method !== 'POST') return void response.writeHead(405).end();
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const request = JSON.parse(Buffer.concat(chunks).toString('utf8')) as RpcRequest;
  if (request.id === undefined) return void response.writeHead(202).end();
  if (request.method === 'tools/call') return call(request, response);
  if (request.method === 'initialize') response.setHeader('mcp-session-id', 'the-only-one');
  const result = politeResult(request.method, era, tools);
  if (result) return answer(response, 200, answerText(request.id, result));
  const error = { code: -32601, message: 'Method not found' };
  answer(response, 404, JSON.stringify({ jsonrpc: '2.0', id: request.id, error }));
}

const answer = (response: ServerResponse, status: number, body: string): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
