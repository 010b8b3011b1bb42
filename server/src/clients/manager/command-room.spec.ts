import { FAULTY_STDIO_SERVER_FILE, descendantsOf, waitFor } from '@gatehouse/testing';
import { jest } from '@jest/globals';
import type { AppError } from '../../platform/index.js';
import { QUICK, aManager, aStdioService, aTool } from '../clients.fixture.js';
import { Sandbox } from '../transports/sandbox.js';
import { CommandRoom, type Resting } from './command-room.js';
import type { ClientSettings } from './settings.js';

/** A transport without a process. */
class Transport {
  onend?: () => void;
  started = false;

  constructor(private readonly fails = false) {}

  start(): Promise<void> {
    if (this.fails) return Promise.reject(new Error('no such command'));
    this.started = true;
    return Promise.resolve();
  }
}

describe('room for local commands', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const codeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'started',
      (error: AppError) => error.code ?? error.message,
    );

  /** Somebody with one command, which ends when it is told to rest. */
  const keeper = async (room: CommandRoom): Promise<Resting & { transport: Transport }> => {
    const transport = room.admit(new Transport());
    await transport.start();
    const rest = (): boolean => {
      if (!transport.started) return false;
      transport.started = false;
      void Promise.resolve().then(() => transport.onend?.());
      return true;
    };
    const client = { transport, rest };
    room.add(client);
    return client;
  };

  it('is made by ending what was unused for longest', async () => {
    const room = new CommandRoom(3);
    const [first, second, third] = [await keeper(room), await keeper(room), await keeper(room)];
    await room.during(first, () => Promise.resolve());
    await room.during(second, async () => {
      await room.admit(new Transport()).start();
      expect([first, second, third].map(({ transport }) => transport.started)).toEqual([true, true, false]);
      await room.admit(new Transport()).start();
      expect([first, second].map(({ transport }) => transport.started)).toEqual([false, true]);
    });
  });

  it('is not made where all are in use: whoever wants more waits a while, and is told so then', async () => {
    const room = new CommandRoom(1);
    const busy = await keeper(room);
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = room.during(busy, () => promise);
    const refused = codeOf(room.admit(new Transport()).start());
    await jest.advanceTimersByTimeAsync(8_000);
    expect(await refused).toBe('too_many_commands');
    const patient = codeOf(room.admit(new Transport()).start());
    await jest.advanceTimersByTimeAsync(1_000);
    resolve();
    await work;
    expect(await patient).toBe('started');
    expect(busy.transport.started).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is given back by what ends by itself, by what does not start, and by whoever is gone before', async () => {
    const room = new CommandRoom(1);
    expect(await codeOf(room.admit(new Transport(true)).start())).toBe('no such command');
    const ended = room.admit(new Transport());
    await ended.start();
    const impatient = room.admit(new Transport());
    const left = codeOf(impatient.start());
    impatient.onend?.();
    ended.onend?.();
    expect(await left).toBe('closed before it was started');
    expect(impatient.started).toBe(false);
    expect(await codeOf(room.admit(new Transport()).start())).toBe('started');
  });
});

/** Those that we started ourselves: a sandbox starts more below it. */
const commands = async (): Promise<number> =>
  (await descendantsOf(process.pid)).filter(({ parentPid }) => parentPid === process.pid).length;

describe('more local commands than there is room for', () => {
  const worldWith = (room: CommandRoom, ids: readonly string[], settings: Partial<ClientSettings> = {}) => {
    const world = aManager(settings, new Sandbox(), room);
    for (const id of ids) {
      const service = aStdioService(id);
      world.definitions.put({ ...service, config: { ...service.config, args: [FAULTY_STDIO_SERVER_FILE] } });
    }
    return world;
  };

  it('are no fault of the service that found no room: it is reached as soon as there is some', async () => {
    const backoff = { ...QUICK.backoff, stdio: { firstMs: 60_000, maxMs: 60_000 } };
    const world = worldWith(new CommandRoom(1, 50), ['a', 'b'], { backoff });
    const leaving = new AbortController();
    await world.manager.connect('a');
    const call = world.manager.callTool('a', aTool('silent'), {}, { signal: leaving.signal }).catch(() => undefined);
    await expect(world.manager.callTool('b', aTool('fine'), {})).rejects.toMatchObject({ code: 'too_many_commands' });
    leaving.abort();
    await call;
    world.manager.disconnect('a');
    await waitFor('room', async () => (await commands()) === 0);
    await expect(world.manager.callTool('b', aTool('fine'), {})).resolves.toBeDefined();
    await world.end();
  });

  it('are all reached, one after the other, and no more run at once', async () => {
    const most = 2;
    const ids = ['a', 'b', 'c', 'd', 'e'];
    // A check must not fail by itself where starting commands takes all the processor.
    const world = worldWith(new CommandRoom(most), ids, { checkTimeoutMs: 10_000 });
    expect(await commands()).toBe(0);
    for (const id of [...ids, ...ids]) {
      const { content } = await world.manager.callTool(id, aTool('fine'), {});
      expect(content).toEqual([{ type: 'text', text: 'fine' }]);
      expect(await commands()).toBeLessThanOrEqual(most);
    }
    expect(world.health.filter(({ state }) => state !== 'ready' && state !== 'connecting')).toEqual([]);
    await world.end();
    expect(await commands()).toBe(0);
  });
});
