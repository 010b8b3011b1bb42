import type { Connection, ConnectionEvents } from '../connection/connection.js';
import { Timer } from './timer.js';

interface KeptOptions {
  /** Whether one may end that has been idle for `idleMs`; otherwise it is looked at again after as long. */
  mayEnd?: (idleForMs: number) => boolean;
  onClosed?: (connection: Connection) => void;
}

/** Connections that are kept for a while when nobody uses them, and are all closed in the end. */
export class KeptConnections {
  private readonly open = new Set<Connection>();
  private readonly idle = new Map<Connection, Timer>();
  private readonly closing = new Set<Promise<void>>();
  private retired = false;

  constructor(
    private readonly connect: () => Promise<Connection>,
    private readonly idleMs: number,
    private readonly options: KeptOptions = {},
  ) {}

  get size(): number {
    return this.open.size;
  }

  get isRetired(): boolean {
    return this.retired;
  }

  /** @throws what connecting throws */
  async add(events: Omit<ConnectionEvents, 'onClosed'> = {}): Promise<Connection> {
    const connection = await this.connect();
    this.open.add(connection);
    connection.listen({ ...events, onClosed: () => this.close(connection) });
    return connection;
  }

  /** One that nobody uses, taken into use. */
  takeIdle(): Connection | undefined {
    const [connection] = this.idle.keys();
    if (connection) this.occupy(connection);
    return connection;
  }

  occupy(connection: Connection): void {
    this.idle.get(connection)?.clear();
    this.idle.delete(connection);
  }

  /** Nobody uses it any more: it is kept for the next, unless `isReusable` is false, or everybody has left for good. */
  release(connection: Connection, isReusable = true): void {
    if (this.retired || !isReusable || !this.open.has(connection)) return this.close(connection);
    const timer = new Timer();
    this.idle.set(connection, timer);
    const expire = (): void => {
      if (this.options.mayEnd?.(this.idleMs) ?? true) this.close(connection);
      else timer.set(this.idleMs, expire);
    };
    timer.set(this.idleMs, expire);
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

  close(connection: Connection): void {
    this.occupy(connection);
    if (!this.open.delete(connection)) return;
    const closing = connection.close().finally(() => this.closing.delete(closing));
    this.closing.add(closing);
    this.options.onClosed?.(connection);
  }
}
