import { Client, StreamableHTTPClientTransport, type ClientCapabilities } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const INFO = { name: 'gatehouse-spec', version: '1.0.0' };
const ERAS = { modern: { pin: '2026-07-28' }, legacy: 'legacy' } as const;
const bearer = (key: string) => ({ requestInit: { headers: { Authorization: `Bearer ${key}` } } });

/** The official v2 client, speaking one era. */
export async function connectV2(
  url: string,
  key: string,
  era: keyof typeof ERAS,
  { path = '/mcp', capabilities = {} }: { path?: string; capabilities?: ClientCapabilities } = {},
): Promise<Client> {
  const client = new Client(INFO, { versionNegotiation: { mode: ERAS[era] }, capabilities });
  await client.connect(new StreamableHTTPClientTransport(new URL(path, url), bearer(key)));
  return client;
}

/** The official v1 client, as older products still use it. */
export async function connectV1(url: string, key: string): Promise<V1Client> {
  const client = new V1Client(INFO);
  await client.connect(new V1Transport(new URL('/mcp', url), bearer(key)));
  return client;
}

export type AnyClient = Client | V1Client;

/** The three kinds of client that a spec should hold for. */
export const CLIENTS: Record<string, (url: string, key: string) => Promise<AnyClient>> = {
  'a modern client': (url, key) => connectV2(url, key, 'modern'),
  'a legacy client': (url, key) => connectV2(url, key, 'legacy'),
  'a client of the old SDK': connectV1,
};

/** v1 takes a result schema before the options, v2 does not. */
export function callTool(
  client: AnyClient,
  name: string,
  args: Record<string, unknown>,
  options: object = {},
): Promise<CallView> {
  const request = { name, arguments: args };
  const call =
    client instanceof V1Client ? client.callTool(request, undefined, options) : client.callTool(request, options);
  return call as Promise<CallView>;
}

export interface CallView {
  content: { type: string; text?: string }[];
  isError?: boolean;
}
