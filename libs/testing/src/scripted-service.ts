import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Script {
  /** As it will stand in the list, whatever it is. */
  tools?: readonly unknown[];
  resources?: readonly unknown[];
  prompts?: readonly unknown[];
  instructions?: string;
  /** The result of a call, whatever it is, or one that is still to come. */
  call?: (tool: string, args: Record<string, unknown>) => unknown;
}

export interface ScriptedService {
  url: string;
  /** The tools that were called, in order. */
  readonly calls: readonly { tool: string; args: Record<string, unknown> }[];
  close(): Promise<void>;
}

interface RpcRequest {
  id?: number;
  method: string;
  params?: { name?: string; arguments?: Record<string, unknown> };
}

/** A service of 2025-11-25 by hand, which says what the SDK would not let it say. */
export async function startScriptedService(script: Script): Promise<ScriptedService> {
  const calls: { tool: string; args: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    void answerTo(request, script, calls).then(
      (answer) => {
        const body = answer === undefined ? '' : JSON.stringify(answer);
        response.writeHead(answer === undefined ? 202 : 200, { 'content-type': 'application/json' }).end(body);
      },
      () => response.writeHead(405).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The service has no port.');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}/mcp`, calls, close };
}

async function answerTo(
  request: IncomingMessage,
  { tools = [], resources = [], prompts = [], instructions, call }: Script,
  calls: { tool: string; args: Record<string, unknown> }[],
): Promise<object | undefined> {
  if (request.method !== 'POST') throw new Error('no stream');
  const { id, method, params = {} } = JSON.parse(await text(request)) as RpcRequest;
  if (id === undefined) return undefined;
  const good = (result: unknown): object => ({ jsonrpc: '2.0', id, result });
  const [tool, args] = [params.name ?? '', params.arguments ?? {}];
  switch (method) {
    case 'initialize':
      return good({
        protocolVersion: '2025-11-25',
        capabilities: { tools: {}, resources: {}, prompts: {} },
        serverInfo: { name: 'scripted', version: '1.0.0' },
        instructions,
      });
    case 'tools/list':
      return good({ tools });
    case 'resources/list':
      return good({ resources });
    case 'prompts/list':
      return good({ prompts });
    case 'tools/call':
      calls.push({ tool, args });
      return good((await call?.(tool, args)) ?? { content: [] });
    case 'ping':
      return good({});
    default:
      return { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  }
}
