import type { IncomingMessage } from 'node:http';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { WebSocket, type RawData } from 'ws';
import type { Egress } from '../../platform/index.js';
import { MessageTooLarge, UpgradeRefused } from '../errors/upstream-failures.js';
import { LIMITS } from '../limits.js';
import { readRpcMessage } from './rpc-message.js';

const SUBPROTOCOL = 'mcp';
const HANDSHAKE_MS = 10_000;
const TOO_LARGE = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** MCP over one WebSocket: a JSON-RPC message per text frame, credentials as headers of the upgrade. */
export class WebSocketTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  private socket: WebSocket | undefined;

  constructor(
    private readonly url: URL,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly egress: Pick<Egress, 'checkUrl' | 'agentFor'>,
  ) {}

  async start(): Promise<void> {
    this.egress.checkUrl(this.url);
    const socket = new WebSocket(this.url, SUBPROTOCOL, {
      headers: this.headers,
      agent: this.egress.agentFor(this.url),
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: LIMITS.messageBytes,
      followRedirects: false,
    });
    this.socket = socket;
    await opened(socket);
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('error', (error) => this.onerror?.(isTooLarge(error) ? new MessageTooLarge(LIMITS.messageBytes) : error));
    socket.on('close', () => this.onclose?.());
  }

  send(message: JSONRPCMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.socket) return reject(new Error('Not connected'));
      this.socket.send(JSON.stringify(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    // A peer that does not answer our closing frame must not keep the socket.
    this.socket?.terminate();
    return Promise.resolve();
  }

  private receive(data: RawData, isBinary: boolean): void {
    try {
      const message = isBinary ? undefined : readRpcMessage(data as Buffer);
      if (message) return this.onmessage?.(message);
      this.onerror?.(new Error('A frame is no JSON-RPC message.'));
    } catch (error) {
      this.onerror?.(error as Error);
    }
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (_request: unknown, response: IncomingMessage): void => {
      response.resume();
      reject(new UpgradeRefused(response.statusCode ?? 0));
      socket.terminate();
    };
    socket.once('unexpected-response', refuse);
    socket.once('open', () => {
      socket.off('error', reject);
      resolve();
    });
    socket.on('error', reject);
  });
}

const isTooLarge = (error: Error): boolean => 'code' in error && error.code === TOO_LARGE;
