import { setTimeout as delay } from 'node:timers/promises';
import {
  anyFault,
  randomFaults,
  seedOfRun,
  seededRandom,
  startFakeMcpServer,
  startFaultProxy,
  waitFor,
  type ConnectionFault,
  type FaultProxy,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { openDoor, type DoorCall, type DoorName } from '../support/doors.js';
import { addPerson, register, startProduct, type Product } from '../support/product.js';
import { isFull } from './cases.js';

const COUNT = 12;
const BAD = 3;
const ROUNDS = isFull ? 400 : 12;
const MOST_TIMES_SLOWER = 2;
const DOORS: readonly DoorName[] = ['rest', 'modern', 'legacy'];

/** Twelve services behind networks of their own. Three of these networks fail in every way, while somebody calls through them. */
describe('twelve services at once while three misbehave', () => {
  const random = seededRandom(seedOfRun());
  let product: Product;
  let fakes: RunningFakeMcp[];
  let proxies: FaultProxy[];
  /** A door of their own for each of the nine, and one for whoever calls the three. */
  let innocent: DoorCall[];
  let guilty: DoorCall;

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '0', LOG_LEVEL: 'error' } });
    fakes = [];
    proxies = [];
    for (let each = 0; each < COUNT; each += 1) {
      const fake = await startFakeMcpServer({ name: `fake-${each}`, era: each % 2 ? 'legacy' : 'modern' });
      const proxy = await startFaultProxy(fake.url);
      fakes.push(fake);
      proxies.push(proxy);
      const config = { timeoutMs: each < BAD ? 2_000 : 30_000 };
      await register(product.owner, { name: `s${each}`, slug: `s${each}`, type: 'http', url: proxy.url, config });
    }
    const { secret } = await (await addPerson(product, 'ann@example.org')).caller.withApiKey({ name: 'laptop' });
    const open = (at: number): Promise<DoorCall> => openDoor(DOORS[at % DOORS.length], product.gatehouse.url, secret);
    innocent = await Promise.all(Array.from({ length: COUNT - BAD }, (_, at) => open(at)));
    const bad = await (await addPerson(product, 'bob@example.org')).caller.withApiKey({ name: 'laptop' });
    guilty = await openDoor('rest', product.gatehouse.url, bad.secret);
    await callNine(2);
    for (let each = 0; each < BAD; each += 1) await guilty(`s${each}`, 'echo', { text: 'warm' });
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await Promise.all([...proxies, ...fakes].map((each) => each.close()));
  });

  /** @returns what was wrong, and how long each call took, ms */
  const callNine = async (rounds: number): Promise<{ wrong: string[]; latencies: number[] }> => {
    const wrong: string[] = [];
    const latencies: number[] = [];
    await Promise.all(
      innocent.map(async (call, at) => {
        for (let round = 0; round < rounds; round += 1) {
          const text = `service ${at + BAD}, round ${round}`;
          const from = performance.now();
          const answer = await call(`s${at + BAD}`, 'echo', { text });
          latencies.push(performance.now() - from);
          if (answer.text !== text) wrong.push(`${text}: ${answer.raw.slice(0, 200)}`);
        }
      }),
    );
    return { wrong, latencies: latencies.sort((a, b) => a - b) };
  };

  /** Calls through the three networks, and another fault on each now and then. */
  const misbehave = async (signal: AbortSignal): Promise<{ answers: Record<string, number>; wrong: string[] }> => {
    const answers: Record<string, number> = {};
    const wrong: string[] = [];
    const bad = proxies.slice(0, BAD);
    const callers = bad.map(async (_, at) => {
      for (let each = 0; !signal.aborted; each += 1) {
        const text = `bad ${at}, ${each}`;
        const answer = await guilty(`s${at}`, 'echo', { text });
        if (answer.text !== undefined && answer.text !== text) wrong.push(`${text}: ${answer.raw}`);
        const verdict = answer.text === text ? 'right' : (/"code":"(\w+)"/.exec(answer.raw)?.[1] ?? 'other');
        answers[verdict] = (answers[verdict] ?? 0) + 1;
      }
    });
    const faults = (async (): Promise<void> => {
      for (let round = 0; !signal.aborted; round += 1) {
        const fault: ConnectionFault = round === 0 ? { kind: 'black-hole' } : anyFault(random);
        for (const proxy of bad) {
          proxy.heal();
          proxy.strike(fault);
          proxy.follow(randomFaults(seedOfRun() + round, 0.6));
        }
        await delay(200);
      }
      for (const proxy of bad) proxy.heal();
    })();
    await Promise.all([...callers, faults]);
    return { answers, wrong };
  };

  it('the other nine see no error, and nobody gets what is somebody else’s', async () => {
    const before = await callNine(ROUNDS);
    const stop = new AbortController();
    const bad = misbehave(stop.signal);
    const during = await callNine(ROUNDS);
    stop.abort();
    const { answers, wrong } = await bad;
    const p99 = ({ latencies }: { latencies: number[] }): number => latencies[Math.floor(latencies.length * 0.99)];
    const times = p99(during) / p99(before);
    process.stdout.write(
      `twelve services: ${during.latencies.length} calls to nine that are well, ${during.wrong.length} errors; p99 ${p99(before).toFixed(0)} → ${p99(during).toFixed(0)} ms, ${times.toFixed(2)} times; to three that fail ${JSON.stringify(answers)}\n`,
    );
    expect([...before.wrong, ...during.wrong, ...wrong]).toEqual([]);
    if (isFull) expect(times).toBeLessThanOrEqual(MOST_TIMES_SLOWER);
  }, 900_000);

  it('the three answer again once their networks are well', async () => {
    for (let at = 0; at < BAD; at += 1) {
      // Whoever failed often is left alone for some seconds.
      await waitFor(
        `service ${at} to answer`,
        async () => (await guilty(`s${at}`, 'echo', { text: 'back again' })).text === 'back again',
        30_000,
      );
    }
  });
});
