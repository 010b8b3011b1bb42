import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { WebSocket } from 'ws';
import type { FakeMcpOptions, FakeMcpState } from './options.ts';
import { createFakeServer } from './server.ts';
import { underWrongId } from './serve-stdio.ts';

/** One socket as one MCP connection: a JSON-RPC message per text frame. */
class SocketTransport implements Transport {
  onmessage?: Transport['onmessage'];
  onclose?: () => void;
  private readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  start(): Promise<void> {
    this.socket.on('message', (data: Buffer) => this.onmessage?.(JSON.parse(data.toString('utf8')) as JSONRPCMessage));
    this.socket.on('close', () => this.onclose?.());
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.socket.send(JSON.stringify(message));
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.socket.close();
    return Promise.resolve();
  }
}

/** Serves one accepted socket in the eras that `options` allow. */
export function serveSocket(
  socket: WebSocket,
  headers: Record<string, string>,
  options: FakeMcpOptions,
  state: FakeMcpState,
): void {
  if (options.fault === 'never-answers') return;
  const plain = new SocketTransport(socket);
  const transport = options.fault === 'wrong-id' ? underWrongId(plain) : plain;
  if (options.era === 'legacy') return void createFakeServer(options, state, headers).connect(transport);
  serveStdio(({ era }) => createFakeServer(options, state, headers, era), {
    transport,
    legacy: options.era === 'modern' ? 'reject' : 'serve',
  });
}
