import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { waitFor } from '../wait-for.ts';
import { startFaultProxy, type FaultProxy, type FaultProxyOptions } from './fault-proxy.ts';
import { anyFault, faultsInOrder, noFaults, randomFaults, resetStorm } from './faults.ts';
import { seededRandom } from '../seeded-random.ts';

/** A service that gives back every byte, and remembers what it got and how each connection ended. */
describe('the fault proxy', () => {
  let service: Server;
  let received: string[];
  let endings: string[];
  let proxy: FaultProxy;

  beforeEach(async () => {
    received = [];
    endings = [];
    service = createServer({ allowHalfOpen: true }, (socket) => {
      const at = received.push('') - 1;
      socket.on('data', (chunk: Buffer) => {
        received[at] += chunk.toString();
        socket.write(chunk);
      });
      socket.on('end', () => {
        endings[at] ??= 'closed';
        socket.end();
      });
      socket.on('error', () => (endings[at] = 'reset'));
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
  });

  afterEach(async () => {
    await proxy.close();
    await new Promise((resolve) => service.close(resolve));
  });

  const start = async (options?: FaultProxyOptions): Promise<void> => {
    proxy = await startFaultProxy(`http://127.0.0.1:${(service.address() as AddressInfo).port}/mcp`, options);
  };

  const open = (): Socket => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(proxy.url).port), allowHalfOpen: true });
    return socket.on('error', () => undefined);
  };

  /** Says something, closes its side, and takes what comes. */
  const say = async (words: string): Promise<{ heard: string; ending: string }> => {
    const socket = open();
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    const ended = new Promise<string>((resolve) => {
      socket
        .once('end', () => resolve('closed'))
        .once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'));
    });
    socket.end(words);
    const ending = await ended;
    return { heard, ending };
  };

  it('passes everything on while nothing goes wrong', async () => {
    await start();
    expect(new URL(proxy.url).pathname).toBe('/mcp');
    const socket = open();
    socket.end('x'.repeat(300_000));
    expect(await text(socket)).toHaveLength(300_000);
    await waitFor('the connection to be over', () => proxy.openConnections === 0);
    expect(endings).toEqual(['closed']);
  });

  it.each([
    ['reset', 'ECONNRESET'],
    ['end', 'closed'],
  ] as const)('cuts the way to the service after so many bytes, by %s', async (by, ending) => {
    await start({ script: faultsInOrder({ kind: 'cut', by, direction: 'up', afterBytes: 4 }) });
    expect((await say('abcdefgh')).ending).toBe(ending);
    await waitFor('the service to be told', () => endings[0]);
    expect({ received, told: endings[0] }).toEqual({ received: ['abcd'], told: by === 'end' ? 'closed' : 'reset' });
    expect(await say('again')).toMatchObject({ ending: 'closed' });
  });

  it('cuts the way back at each offset: no byte more, no byte less', async () => {
    for (let afterBytes = 0; afterBytes <= 6; afterBytes += 1) {
      await start({ script: faultsInOrder({ kind: 'cut', by: 'end', direction: 'down', afterBytes }) });
      const socket = open();
      socket.write('abcdef');
      expect(await text(socket)).toBe('abcdef'.slice(0, afterBytes));
      if (afterBytes < 6) await proxy.close();
    }
  });

  it('closes one way and leaves the other open', async () => {
    await start({ script: faultsInOrder({ kind: 'half-close', direction: 'up', afterBytes: 3 }) });
    const socket = open();
    socket.write('abcdef');
    expect(await text(socket)).toBe('abc');
    expect(endings).toEqual(['closed']);
  });

  it('waits before each piece, or lets a few bytes through at a time', async () => {
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
    const script = faultsInOrder(
      { kind: 'delay', ms: 70, direction: 'down' },
      { kind: 'drip', bytes: 2, everyMs: 30, direction: 'up' },
    );
    await start({ script, wait });
    const delayed = open();
    delayed.end('abcdef');
    expect(await text(delayed)).toBe('abcdef');
    expect(waits).toEqual([70]);
    const dripping = open();
    dripping.end('abcdef');
    expect(await text(dripping)).toBe('abcdef');
    expect(waits).toEqual([70, 30, 30, 30]);
  });

  it('swallows what comes until it is healed, and then lets it go on its way', async () => {
    await start({ script: faultsInOrder({ kind: 'black-hole' }) });
    const first = open();
    first.end('lost');
    const second = open();
    second.end('fine');
    expect(await text(second)).toBe('fine');
    expect(received[0]).toBe('');
    proxy.heal();
    expect(await text(first)).toBe('lost');
  });

  it('resets a storm of connections before the service hears of them, then none', async () => {
    await start({ script: resetStorm(3) });
    const endings = [];
    for (let each = 0; each < 4; each += 1) endings.push((await say('x')).ending);
    expect(endings).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET', 'closed']);
    expect(received).toEqual(['x']);
  });

  it('strikes connections that are open already, and counts anew for a new script', async () => {
    await start();
    const socket = open();
    socket.write('before');
    await waitFor('an answer', () => received[0] === 'before');
    expect(proxy.strike({ kind: 'cut', by: 'reset', direction: 'down', afterBytes: 0 })).toBe(1);
    await waitFor('the reset', () => socket.destroyed && endings[0] === 'reset');
    proxy.follow(resetStorm(1));
    expect([(await say('x')).ending, (await say('y')).ending]).toEqual(['ECONNRESET', 'closed']);
    proxy.follow(noFaults);
    expect((await say('z')).ending).toBe('closed');
  });

  it('does the same for the same seed, and every kind of it', () => {
    const script = (seed: number) => Array.from({ length: 200 }, (_, at) => randomFaults(seed, 0.5)(at + 1));
    expect(script(7)).toEqual(script(7));
    expect(script(7)).not.toEqual(script(8));
    const random = seededRandom(7);
    const kinds = new Set(Array.from({ length: 200 }, () => anyFault(random).kind));
    expect([...kinds].sort()).toEqual(['black-hole', 'cut', 'delay', 'drip', 'half-close', 'refuse']);
  });
});
