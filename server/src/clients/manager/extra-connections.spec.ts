import { waitFor } from '@gatehouse/testing';
import type { Connection, ConnectionEvents } from '../connection/connection.js';
import { ExtraConnections, type ExtraSettings } from './extra-connections.js';
import { SharedConnection } from './shared-connection.js';

/** As much of a connection as the pool sees of one. */
class Line {
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

const SETTINGS: ExtraSettings = {
  min: 1,
  max: 3,
  callsEach: 1,
  targetWaitMs: 5,
  idleMs: 60_000,
  longestLine: 10,
  pauseMs: 60_000,
};

describe('a pool', () => {
  let made: Line[];
  let fails: boolean;

  const pool = (change: Partial<ExtraSettings> = {}) => {
    const extra: ExtraConnections = new ExtraConnections(
      new SharedConnection(
        new Line() as unknown as Connection,
        () => undefined,
        () => extra.hearLeft(),
      ),
      () => {
        if (fails) return Promise.reject(new Error('down'));
        const line = new Line();
        made.push(line);
        return Promise.resolve(line as unknown as Connection);
      },
      { ...SETTINGS, ...change },
    );
    return extra;
  };
  /** Calls that run until they are told to end. */
  const busy = (extra: ExtraConnections, count: number) => {
    const end = Promise.withResolvers<void>();
    const on: Connection[] = [];
    const work = (connection: Connection) => (on.push(connection), end.promise);
    const all = Promise.all(Array.from({ length: count }, () => extra.use(work)));
    return { on, end: () => (end.resolve(), all) };
  };

  beforeEach(() => {
    made = [];
    fails = false;
  });

  it('takes one connection as long as calls come one after another', async () => {
    const extra = pool();
    for (let each = 0; each < 10; each += 1) await extra.use(() => Promise.resolve());
    expect([made.length, extra.size]).toEqual([0, 0]);
  });

  it('grows when calls wait, up to its maximum, and lets nobody wait for ever', async () => {
    const extra = pool();
    const first = busy(extra, 3);
    await waitFor('another connection', () => extra.size === 1 && first.on.length === 3);
    const second = busy(extra, 5);
    await waitFor('the largest size', () => extra.size === 2 && second.on.length === 5);
    const third = busy(extra, 1);
    expect([extra.busy, extra.waiting, new Set([...first.on, ...second.on, ...third.on]).size]).toEqual([2, 0, 3]);
    await Promise.all([first.end(), second.end(), third.end()]);
    expect([made.length, extra.size, extra.busy]).toEqual([2, 2, 0]);
    await extra.end();
    expect(made.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('serves whoever waits as soon as there is room', async () => {
    const extra = pool({ targetWaitMs: 60_000 });
    const first = busy(extra, 1);
    const second = busy(extra, 1);
    expect([first.on.length, extra.waiting]).toEqual([1, 1]);
    await first.end();
    await waitFor('the other call', () => second.on.length === 1);
    await second.end();
    expect(made).toEqual([]);
  });

  it('gives up what is idle for long, but for its minimum', async () => {
    const extra = pool({ min: 2, idleMs: 10 });
    extra.fill();
    const calls = busy(extra, 6);
    await waitFor('another connection', () => made.length > 1 && calls.on.length === 6);
    await calls.end();
    await waitFor('the smallest size', () => extra.size === 1);
    expect(made.filter(({ closed }) => closed === 0)).toHaveLength(1);
    await extra.end();
  });

  it('shares what there is when no other can be made, and does not try at every call', async () => {
    fails = true;
    const extra = pool();
    const calls = busy(extra, 4);
    await waitFor('all of them to run', () => calls.on.length === 4);
    fails = false;
    const more = busy(extra, 4);
    await waitFor('these too', () => more.on.length === 4);
    expect([extra.size, new Set([...calls.on, ...more.on]).size]).toEqual([0, 1]);
    await Promise.all([calls.end(), more.end()]);
  });

  it('forgets a connection that broke, or whose session is lost', async () => {
    const extra = pool({ min: 3 });
    extra.fill();
    await waitFor('the pool', () => extra.size === 2);
    made[0].breaks();
    expect(extra.size).toBe(1);
    expect(extra.drop(made[1] as unknown as Connection)).toBe(true);
    expect([extra.size, made[1].closed]).toEqual([0, 1]);
    await extra.end();
  });

  it('lets those who wait go on when it is given up', async () => {
    const extra = pool({ targetWaitMs: 60_000 });
    const calls = busy(extra, 3);
    expect(extra.waiting).toBe(2);
    extra.retire();
    await waitFor('them to run', () => calls.on.length === 3);
    await calls.end();
  });
});
