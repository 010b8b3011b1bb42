import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { mostConnections, ownLimits } from './connection-bound.js';
import { whenClosed } from './when-closed.js';

/** Limits against slow and oversized requests; a streaming answer is not bounded by them. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

/** Takes over a connection that asked to speak something else than HTTP. */
export type Upgrader = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The listening socket of the product. It can move from loopback to its public address once set-up is done. */
export class HttpFront {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  /** Those with a request that is not answered yet. */
  private readonly busy = new Set<Socket>();
  private closing = false;

  /** @param upgrader absent: a request to upgrade is answered like any other */
  constructor(
    private readonly listener: (request: IncomingMessage, response: ServerResponse) => void,
    private readonly upgrader?: Upgrader,
  ) {}

  /** @returns the bound address, as a URL without a path */
  async listen(port: number, host: string): Promise<string> {
    const server = createServer(LIMITS, (request, response) => this.serve(request, response));
    server.maxConnections = mostConnections(ownLimits());
    server.on('connection', (socket) => this.welcome(socket));
    if (this.upgrader) server.on('upgrade', this.upgrade);
    server.listen(port, host);
    await once(server, 'listening');
    const previous = this.server;
    this.server = server;
    previous?.closeIdleConnections();
    const address = server.address() as AddressInfo;
    return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
  }

  /** Frees the port for another address; connections that are open stay until they end. */
  async move(host: string): Promise<string> {
    const previous = this.server;
    const { port } = previous?.address() as AddressInfo;
    previous?.close();
    return this.listen(port, host);
  }

  /**
   * Takes no new connections and resolves when the open ones have ended, at the latest after `graceMs`.
   *
   * Node's own way leaves connections open on which nothing was asked yet, as browsers keep them in reserve.
   */
  async close(graceMs: number): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    this.closing = true;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.sockets) if (!this.busy.has(socket)) socket.destroy();
    const patience = setTimeout(() => this.sockets.forEach((socket) => socket.destroy()), graceMs);
    await closed;
    clearTimeout(patience);
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
  }

  /** Whoever took it over ends it; until then it counts as busy. */
  private readonly upgrade: Upgrader = (request, socket, head) => {
    const { socket: connection } = request;
    this.busy.add(connection);
    connection.once('close', () => this.busy.delete(connection));
    this.upgrader?.(request, socket, head);
  };

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.busy.add(socket);
    whenClosed(response, () => {
      this.busy.delete(socket);
      if (this.closing) socket.destroySoon();
    });
    this.listener(request, response);
  }
}
