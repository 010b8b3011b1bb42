import { once } from 'node:events';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import type { WebSocket } from 'ws';

/** The client's side of MCP over WebSocket, as anybody would write it: one message per text frame. */
export class SocketClientTransport implements Transport {
  onclose?: () => void;
  onmessage?: Transport['onmessage'];

  constructor(private readonly socket: WebSocket) {}

  async start(): Promise<void> {
    this.socket.on('message', (data: Buffer) => this.onmessage?.(JSON.parse(data.toString()) as JSONRPCMessage));
    this.socket.on('close', () => this.onclose?.());
    if (this.socket.readyState !== this.socket.OPEN) await once(this.socket, 'open');
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
