import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Limits against slow and oversized requests; a streaming answer is not bounded by them. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
const MAX_CONNECTIONS = 10_000;

/** The listening socket of the product. It can move from loopback to its public address once set-up is done. */
export class HttpFront {
  private server: Server | undefined;

  constructor(private readonly listener: RequestListener) {}

  /** @returns the bound address, as a URL without a path */
  async listen(port: number, host: string): Promise<string> {
    const server = createServer(LIMITS, this.listener);
    server.maxConnections = MAX_CONNECTIONS;
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

  /** Takes no new connections and resolves when the open ones have ended, at the latest after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    // A kept-alive connection becomes idle when its request in flight ends; only then can it be closed.
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    const patience = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(patience);
  }
}
