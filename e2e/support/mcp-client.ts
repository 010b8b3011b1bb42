import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const INFO = { name: 'gatehouse-story', version: '1.0.0' };
const bearer = (secret: string) => ({ requestInit: { headers: { Authorization: `Bearer ${secret}` } } });

/** The official v2 client, of one era, on the gateway's endpoint for everything unless `path` says otherwise. */
export async function connectMcp(
  baseUrl: string,
  secret: string,
  era: 'modern' | 'legacy',
  path = '/mcp',
): Promise<Client> {
  const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
  const client = new Client(INFO, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(path, baseUrl), bearer(secret)));
  return client;
}

/** The official v1 client, as older products still use it. */
export async function connectV1(baseUrl: string, secret: string): Promise<V1Client> {
  const client = new V1Client(INFO);
  await client.connect(new V1Transport(new URL('/mcp', baseUrl), bearer(secret)));
  return client;
}
