import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import type { FakeMcpOptions, FakeMcpState } from './options.ts';
import type { HttpHandler } from './serve-http.ts';
import { createFakeServer } from './server.ts';

/** The server's half of the HTTP+SSE transport of 2024-11-05, which the SDK no longer has. */
class SseConnection implements Transport {
  readonly sessionId = randomUUID();
  onmessage?: Transport['onmessage'];
  onclose?: () => void;
  private readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  start(): Promise<void> {
    this.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    this.write('endpoint', `/messages?sessionId=${this.sessionId}`);
    this.response.on('close', () => this.onclose?.());
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.write('message', JSON.stringify(message));
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.response.end();
    return Promise.resolve();
  }

  private write(event: string, data: string): void {
    this.response.write(`event: ${event}\ndata: ${data}\n\n`);
  }
}

/** Serves `GET /sse` and `POST /messages`; every other request is unknown, as on servers of that time. */
export function legacySseHandler(options: FakeMcpOptions, state: FakeMcpState): HttpHandler {
  const connections = new Map<string, SseConnection>();
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (request.method === 'GET' && url.pathname === '/sse') {
      const connection = new SseConnection(response);
      connections.set(connection.sessionId, connection);
      await createFakeServer(options, state, headersOf(request.headers)).connect(connection);
      return;
    }
    const connection = connections.get(url.searchParams.get('sessionId') ?? '');
    if (request.method !== 'POST' || url.pathname !== '/messages' || !connection) {
      response.writeHead(404).end('Not found');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(202).end('Accepted');
    connection.onmessage?.(JSON.parse(Buffer.concat(chunks).toString('utf8')) as JSONRPCMessage);
  };
}

/** Header values as one string each. */
export const headersOf = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
