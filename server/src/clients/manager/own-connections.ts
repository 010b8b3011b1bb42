import type { Connection } from '../connection/connection.js';
import { Seats } from './seats.js';
import { Timer } from './timer.js';

/** How many connections of a service may be for one call at a time, how many calls may wait, and for how long one is kept idle, ms. */
export interface OwnSettings {
  readonly most: number;
  readonly longestLine: number;
  readonly idleMs: number;
}

/**
 * Connections for one call at a time, to a service whose questions would otherwise not show whose call they belong to.
 *
 * A connection is used again only when everything asked on it was answered: nothing of one person's call can then come up
 * in another's.
 */
export class OwnConnections {
  private readonly seats: Seats;
  private readonly open = new Set<Connection>();
  private readonly idle = new Map<Connection, Timer>();
  private readonly closing = new Set<Promise<void>>();
  private retired = false;

  constructor(
    private readonly connect: () => Promise<Connection>,
    private readonly settings: OwnSettings,
  ) {
    this.seats = new Seats(settings.most, settings.longestLine);
  }

  /** @throws what connecting throws, and `Seats` */
  async use<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    const leave = await this.seats.enter(ms, signal);
    try {
      const connection = this.takeIdle() ?? (await this.connectNew());
      try {
        return await work(connection);
      } finally {
        this.giveBack(connection);
      }
    } finally {
      leave();
    }
  }

  /** What is kept for later is closed, for example because its sessions are lost. */
  dropIdle(): void {
    for (const connection of [...this.idle.keys()]) this.close(connection);
  }

  /** Nobody new will use these. Whoever does may finish. */
  retire(): void {
    this.retired = true;
    this.dropIdle();
  }

  /** Ends every connection and every process of it now. */
  async end(): Promise<void> {
    this.retire();
    for (const connection of [...this.open]) this.close(connection);
    await Promise.all(this.closing);
  }

  private takeIdle(): Connection | undefined {
    const [connection] = this.idle.keys();
    if (connection) this.unidle(connection);
    return connection;
  }

  private async connectNew(): Promise<Connection> {
    const connection = await this.connect();
    this.open.add(connection);
    connection.listen({ onClosed: () => this.close(connection) });
    return connection;
  }

  private giveBack(connection: Connection): void {
    if (this.retired || !this.open.has(connection) || !connection.isClean) return this.close(connection);
    const timer = new Timer();
    timer.set(this.settings.idleMs, () => this.close(connection));
    this.idle.set(connection, timer);
  }

  private unidle(connection: Connection): void {
    this.idle.get(connection)?.clear();
    this.idle.delete(connection);
  }

  private close(connection: Connection): void {
    this.unidle(connection);
    if (!this.open.delete(connection)) return;
    const closing = connection.close().finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }
}
