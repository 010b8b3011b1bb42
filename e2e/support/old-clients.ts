import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CreateMessageRequestSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { BRIDGES } from './peers.js';

/** Where an old client connects, and as whom. */
export interface Door {
  baseUrl: string;
  secret: string;
  /** A folder that the client may write to. */
  folder: string;
}

/** What v1 answers whoever asks it: a form, and a model. */
export const ANSWERS = {
  form: { action: 'accept' as const, content: { answer: 'yes' } },
  model: { model: 'old', role: 'assistant' as const, content: { type: 'text' as const, text: 'thought' } },
};

const bearer = (secret: string) => ({ requestInit: { headers: { Authorization: `Bearer ${secret}` } } });

/** A v1 client that can be asked. */
export async function v1Client(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'old', version: '1' }, { capabilities: { elicitation: {}, sampling: {} } });
  client.setRequestHandler(ElicitRequestSchema, () => ANSWERS.form);
  client.setRequestHandler(CreateMessageRequestSchema, () => ANSWERS.model);
  await client.connect(transport);
  return client;
}

export const overHttp = ({ baseUrl, secret }: Door, path: string): Transport =>
  new StreamableHTTPClientTransport(new URL(path, baseUrl), bearer(secret));

export const overSse = ({ baseUrl, secret }: Door, path: string): Transport =>
  new SSEClientTransport(new URL(path, baseUrl), bearer(secret));

/** v1 sends no credential by WebSocket, for browsers could not: its socket is given one here, by Node's own. */
export function overWebSocket({ baseUrl, secret }: Door, path: string): Transport {
  const transport = new WebSocketClientTransport(new URL(path, baseUrl.replace('http', 'ws')));
  const start = transport.start.bind(transport);
  const Plain = globalThis.WebSocket;
  transport.start = () => {
    globalThis.WebSocket = class extends Plain {
      constructor(url: string | URL) {
        super(url, { protocols: 'mcp', headers: { authorization: `Bearer ${secret}` } });
      }
    };
    try {
      return start();
    } finally {
      globalThis.WebSocket = Plain;
    }
  };
  return transport;
}

/** A product that serves standard streams and connects to us. */
const bridge = (args: string[], env: Record<string, string> = {}): Transport =>
  new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' });

export const throughRemote = ({ baseUrl, secret, folder }: Door, path: string, ...flags: string[]): Transport =>
  bridge([BRIDGES.remote, `${baseUrl}${path}`, '--header', 'Authorization:${AUTH_HEADER}', '--silent', ...flags], {
    AUTH_HEADER: `Bearer ${secret}`,
    MCP_REMOTE_CONFIG_DIR: folder,
  });

export const throughSupergateway = (
  { baseUrl, secret }: Door,
  path: string,
  flag: '--sse' | '--streamableHttp',
): Transport =>
  bridge([BRIDGES.supergateway, flag, `${baseUrl}${path}`, '--oauth2Bearer', secret, '--logLevel', 'none']);

/** The command line of mcp-proxy serves HTTP only; what it does the other way round is a function of its library. */
const PROXY_SCRIPT = `
  const { startStdioServer } = await import('mcp-proxy');
  const { URL_OF_SERVER: url, SERVER_TYPE: serverType, AUTH_HEADER: Authorization } = process.env;
  await startStdioServer({ serverType, url, transportOptions: { requestInit: { headers: { Authorization } } } });`;

export const throughProxy = ({ baseUrl, secret }: Door, path: string, serverType: 'HTTPStream' | 'SSE'): Transport =>
  bridge(['--input-type=module', '--eval', PROXY_SCRIPT], {
    URL_OF_SERVER: `${baseUrl}${path}`,
    SERVER_TYPE: serverType,
    AUTH_HEADER: `Bearer ${secret}`,
  });
