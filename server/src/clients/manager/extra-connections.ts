import type { Connection, ConnectionEvents } from '../connection/connection.js';
import { KeptConnections } from './kept-connections.js';
import { nextMove, type PoolBounds, type PoolLook } from './pool-size.js';
import { SharedConnection, type Relief } from './shared-connection.js';
import { Timer } from './timer.js';

export interface ExtraSettings extends PoolBounds {
  /** How many calls at a time one connection takes before another is wanted. */
  readonly callsEach: number;
  /** How many calls may wait; whoever is too many shares the least busy connection at once. */
  readonly longestLine: number;
  /** After another could not be made, ms. */
  readonly pauseMs: number;
}

interface Waiter {
  readonly sinceMs: number;
  readonly take: (shared: SharedConnection) => void;
}

/**
 * The connections of a pool beside its first, which lives and dies with the service's health.
 *
 * A call goes to a connection with room. Where there is none it waits, but never longer than the target: then another
 * connection is begun, and the call shares the least busy one, so that a pool that cannot grow costs nobody anything.
 */
export class ExtraConnections implements Relief {
  private readonly members = new Map<Connection, SharedConnection>();
  private readonly kept: KeptConnections;
  private readonly line: Waiter[] = [];
  private readonly clock = new Timer();
  private opening = 0;
  private pausedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly first: SharedConnection,
    connect: () => Promise<Connection>,
    private readonly settings: ExtraSettings,
    private readonly events: Omit<ConnectionEvents, 'onClosed'> = {},
  ) {
    this.kept = new KeptConnections(connect, settings.idleMs, {
      mayEnd: (idleForMs) => nextMove({ ...this.look(), idleForMs }, settings) === 'shrink',
      onClosed: (connection) => void this.members.delete(connection),
    });
  }

  get callsEach(): number {
    return this.settings.callsEach;
  }

  get size(): number {
    return this.members.size;
  }

  get busy(): number {
    return [...this.members.values()].filter(({ isInUse }) => isInUse).length;
  }

  get waiting(): number {
    return this.line.length;
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const least = this.leastBusy();
    const shared = this.hasRoom(least) || !this.canGrow ? least : await this.wait();
    this.kept.occupy(shared.connection);
    return shared.run(work);
  }

  /** Makes as many as the pool has at the least. */
  fill(): void {
    if (!this.canGrow) return;
    if (nextMove(this.look(), this.settings) === 'grow') void this.grow().then(() => this.fill());
  }

  /** A place on `first` became free. */
  hearLeft(): void {
    this.serveLine();
  }

  /** The service does not know this connection's session any more. @returns whether it was one of these */
  drop(connection: Connection): boolean {
    const shared = this.members.get(connection);
    if (!shared) return false;
    this.members.delete(connection);
    if (!shared.isInUse) this.kept.close(connection);
    return true;
  }

  /** Nobody new will use these. Whoever does may finish. */
  retire(): void {
    this.clock.clear();
    this.kept.retire();
    for (const { take } of this.line.splice(0)) take(this.first);
  }

  end(): Promise<void> {
    this.retire();
    return this.kept.end();
  }

  private get canGrow(): boolean {
    const size = 1 + this.members.size + this.opening;
    return !this.kept.isRetired && size < this.settings.max && performance.now() >= this.pausedUntilMs;
  }

  private look(): PoolLook {
    const longestWaitMs = this.line[0] ? performance.now() - this.line[0].sinceMs : 0;
    return { size: 1 + this.members.size + this.opening, isOpening: this.opening > 0, longestWaitMs, idleForMs: 0 };
  }

  private hasRoom({ users }: SharedConnection): boolean {
    return users < this.settings.callsEach;
  }

  private leastBusy(): SharedConnection {
    let least = this.first;
    for (const each of this.members.values()) if (each.users < least.users) least = each;
    return least;
  }

  private wait(): Promise<SharedConnection> {
    if (this.line.length >= this.settings.longestLine) return Promise.resolve(this.leastBusy());
    const { promise, resolve } = Promise.withResolvers<SharedConnection>();
    this.line.push({ sinceMs: performance.now(), take: resolve });
    if (!this.clock.isSet) this.wakeUp();
    return promise;
  }

  /** Whoever has waited long enough shares; whoever came later goes on waiting, for as long as is left. */
  private endWaits(): void {
    if (nextMove(this.look(), this.settings) === 'grow') void this.grow();
    const longAgo = performance.now() - this.settings.targetWaitMs;
    while (this.line[0] && this.line[0].sinceMs <= longAgo) this.line.shift()?.take(this.leastBusy());
    this.wakeUp();
  }

  private wakeUp(): void {
    const [first] = this.line;
    if (!first) return;
    // Timers may come a fraction of a millisecond early.
    const leftMs = first.sinceMs + this.settings.targetWaitMs - performance.now() + 1;
    this.clock.set(Math.max(1, leftMs), () => this.endWaits());
  }

  private serveLine(): void {
    if (this.line.length === 0) return;
    const shared = this.leastBusy();
    if (this.hasRoom(shared)) this.line.shift()?.take(shared);
  }

  private async grow(): Promise<void> {
    this.opening += 1;
    try {
      const connection = await this.kept.add(this.events);
      const shared = new SharedConnection(
        connection,
        () => this.kept.release(connection, this.members.has(connection)),
        () => this.serveLine(),
      );
      this.members.set(connection, shared);
      this.kept.release(connection);
      this.serveLine();
    } catch {
      // The health of the service is its first connection's business.
      this.pausedUntilMs = performance.now() + this.settings.pauseMs;
    } finally {
      this.opening -= 1;
    }
  }
}
