import type { Connection, ConnectionEvents } from '../connection/connection.js';
import { OwnConnections } from './own-connections.js';

/** As much of a connection as the pool sees of one. */
class Line {
  isClean = true;
  closed = 0;
  private events: ConnectionEvents = {};

  listen(events: ConnectionEvents): void {
    this.events = events;
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }

  breaks(): void {
    this.events.onClosed?.(undefined);
  }
}

const asLine = (connection: Connection): Line => connection as unknown as Line;

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = Promise.withResolvers<Line>();
  const run = (connection: Connection): Promise<void> => {
    started.resolve(asLine(connection));
    return promise;
  };
  return { run, started: started.promise, end: resolve };
}

describe('connections for one call at a time', () => {
  const lines: Line[] = [];
  const connect = (): Promise<Connection> => {
    const line = new Line();
    lines.push(line);
    return Promise.resolve(line as unknown as Connection);
  };
  const pool = (most = 2) => new OwnConnections(connect, { most, longestLine: 2, idleMs: 60_000 });
  const use = (own: OwnConnections, run: (connection: Connection) => Promise<void>) => own.use(run, 60_000, undefined);

  beforeEach(() => void (lines.length = 0));

  it('never serve two calls at once, and are used again', async () => {
    const own = pool();
    const [one, other] = [work(), work()];
    const both = [use(own, one.run), use(own, other.run)];
    expect(await one.started).not.toBe(await other.started);
    one.end();
    other.end();
    await Promise.all(both);
    await use(own, () => Promise.resolve());
    expect(lines).toHaveLength(2);
    await own.end();
    expect(lines.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('are bounded; whoever is too many waits', async () => {
    const own = pool(1);
    const [one, other] = [work(), work()];
    const both = [use(own, one.run), use(own, other.run)];
    await one.started;
    one.end();
    expect(await other.started).toBe(lines[0]);
    other.end();
    await Promise.all(both);
    await own.end();
  });

  it('are not used again when something on them is unanswered, when they broke, or when their time is over', async () => {
    const own = pool();
    await use(own, (connection) => {
      asLine(connection).isClean = false;
      return Promise.resolve();
    });
    await use(own, (connection) => {
      asLine(connection).breaks();
      return Promise.resolve();
    });
    await use(own, () => {
      own.retire();
      return Promise.resolve();
    });
    expect(lines.map(({ closed }) => closed)).toEqual([1, 1, 1]);
  });

  it('give their place back when they cannot be made, or their work fails', async () => {
    let fails = true;
    const own = new OwnConnections(() => (fails ? Promise.reject(new Error('down')) : connect()), {
      most: 1,
      longestLine: 0,
      idleMs: 60_000,
    });
    await expect(use(own, () => Promise.resolve())).rejects.toThrow('down');
    fails = false;
    await expect(use(own, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await use(own, () => Promise.resolve());
    expect(lines).toHaveLength(1);
    await own.end();
  });
});
