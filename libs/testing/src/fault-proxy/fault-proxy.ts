import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FaultyConnection } from './faulty-connection.ts';
import { noFaults, type ConnectionFault, type FaultScript } from './faults.ts';
import type { Wait } from './lane.ts';

export interface FaultProxyOptions {
  /** Absent: nothing goes wrong until somebody says so. */
  script?: FaultScript;
  /** Replaces the clock, for specs of the proxy itself. */
  wait?: Wait;
}

/** A TCP proxy on loopback that passes bytes on, and fails as networks fail, on request. */
export class FaultProxy {
  /** The target's address with our port. */
  readonly url: string;
  /** How many connections came so far. */
  accepted = 0;
  private readonly open = new Set<FaultyConnection>();
  private script: FaultScript;
  private firstOfScript = 0;
  private readonly server: Server;
  private readonly target: { host: string; port: number };
  private readonly wait: Wait;

  constructor(server: Server, target: { host: string; port: number }, url: string, options: FaultProxyOptions) {
    this.server = server;
    this.target = target;
    this.url = url;
    this.wait = options.wait ?? ((ms, signal) => delay(ms, undefined, { signal }));
    this.script = options.script ?? noFaults;
    server.on('connection', (client) => this.accept(client));
  }

  /** Connections through which something could still go. */
  get openConnections(): number {
    return this.open.size;
  }

  /** For the connections that come from now on, which are counted anew. */
  follow(script: FaultScript): void {
    this.script = script;
    this.firstOfScript = this.accepted;
  }

  /** Puts the fault on every open connection, from its next byte on. @returns how many were struck */
  strike(fault: ConnectionFault): number {
    for (const connection of this.open) connection.set(fault);
    return this.open.size;
  }

  /** Nothing goes wrong any more, neither on new connections nor on open ones; what a black hole holds goes on its way. */
  heal(): void {
    this.script = noFaults;
    for (const connection of this.open) connection.heal();
  }

  /** Stops listening and resets what is open. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const connection of this.open) connection.end('reset');
    });
  }

  private accept(client: Socket): void {
    this.accepted += 1;
    const faults = this.script(this.accepted - this.firstOfScript);
    if (faults.some(({ kind }) => kind === 'refuse')) {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const service = connect({ ...this.target, allowHalfOpen: true, noDelay: true });
    const connection = new FaultyConnection(client, service, this.wait);
    this.open.add(connection);
    for (const fault of faults) connection.set(fault);
    void connection.run().finally(() => this.open.delete(connection));
  }
}

/**
 * Starts a proxy in front of `target`, e.g. `http://127.0.0.1:41234/mcp`; the same path is reached through its `url`.
 *
 * The same script does the same to the same bytes: nothing in here is left to chance.
 */
export async function startFaultProxy(target: string, options: FaultProxyOptions = {}): Promise<FaultProxy> {
  const address = new URL(target);
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('The proxy has no port.');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(listening.port);
  return new FaultProxy(server, { host: address.hostname, port: Number(address.port) }, url.href, options);
}
