import type { Connection } from '../connection/connection.js';
import { KeptConnections } from './kept-connections.js';
import { Seats } from './seats.js';

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
  private readonly kept: KeptConnections;

  constructor(connect: () => Promise<Connection>, settings: OwnSettings) {
    this.seats = new Seats(settings.most, settings.longestLine);
    this.kept = new KeptConnections(connect, settings.idleMs);
  }

  get size(): number {
    return this.kept.size;
  }

  get busy(): number {
    return this.seats.busy;
  }

  get waiting(): number {
    return this.seats.waiting;
  }

  /** @throws what connecting throws, and `Seats` */
  async use<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    const leave = await this.seats.enter(ms, signal);
    try {
      const connection = this.kept.takeIdle() ?? (await this.kept.add());
      try {
        return await work(connection);
      } finally {
        this.kept.release(connection, connection.isClean);
      }
    } finally {
      leave();
    }
  }

  /** What is kept for later is closed, for example because its sessions are lost. */
  dropIdle(): void {
    this.kept.dropIdle();
  }

  /** Nobody new will use these. Whoever does may finish. */
  retire(): void {
    this.kept.retire();
  }

  /** Ends every connection and every process of it now. */
  end(): Promise<void> {
    return this.kept.end();
  }
}
