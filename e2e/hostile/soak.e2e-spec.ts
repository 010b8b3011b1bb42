import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  FAKE_MCP_SERVER_FILE,
  anyFault,
  randomFaults,
  seedOfRun,
  seededRandom,
  startFakeMcpServer,
  startFaultProxy,
  waitFor,
  type FaultProxy,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { openDoor, type DoorCall, type DoorName } from '../support/doors.js';
import { addPerson, register, startProduct, type Product } from '../support/product.js';
import { vitalSignsOf, type VitalSigns } from '../support/vital-signs.js';

/** A sample; `npm run prove -- soak` takes half an hour. */
const MINUTES = Number(process.env['GATEHOUSE_PROOF_MINUTES'] ?? 1 / 3);
const DURATION_MS = MINUTES * 60_000;
/** Slopes of shorter runs say more about the beginning than about the end. */
const SLOPE_FROM_MINUTES = 5;
const WARM_UP_SHARE = 0.3;
const SAMPLE_MS = 2_000;
/** Between two calls of one caller, ms at most. */
const THINK_MS = 60;
const FAULT_EVERY_MS = 2_500;
const RIGHT_SHARE = 0.999;
const MAX_SLOPE_MB_PER_10_MIN = 2;
const SLACK = { descriptors: 6, timers: 6, children: 0 };

const DOORS: readonly DoorName[] = ['modern', 'legacy', 'rest'];
const PEOPLE = ['ann', 'bob'] as const;
const HEALTHY = ['modern', 'legacy', 'pipe'] as const;
const FAULTY = ['cut-modern', 'cut-legacy'] as const;

interface Sample extends VitalSigns {
  atMinutes: number;
}

interface Tally {
  right: number;
  /** Answers that say no, by code. */
  refused: Record<string, number>;
  /** No answer at all, or none that could be read. */
  lost: string[];
  /** Answers that say yes and are not the one that was asked for. */
  wrong: string[];
}

/**
 * Calls by every door, by two people, to services that are well and to services whose network fails in every way: those that
 * are well answer rightly, nobody gets a wrong answer, and nothing is kept for good.
 */
describe('soak', () => {
  const random = seededRandom(seedOfRun());
  const tallies: Record<'healthy' | 'faulty', Tally> = { healthy: newTally(), faulty: newTally() };
  const samples: Sample[] = [];
  const struck: Record<string, number> = {};
  let product: Product;
  let fakes: RunningFakeMcp[];
  let proxies: FaultProxy[];
  let lanes: { call: DoorCall; door: DoorName }[];
  let baseline: VitalSigns;

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '0', LOG_LEVEL: 'error' } });
    fakes = [];
    proxies = [];
    for (const era of ['modern', 'legacy'] as const) {
      const [fake, behind] = [await startFakeMcpServer({ era }), await startFakeMcpServer({ era })];
      const proxy = await startFaultProxy(behind.url);
      fakes.push(fake, behind);
      proxies.push(proxy);
      await register(product.owner, { name: era, slug: era, type: 'http', url: fake.url });
      const config = { timeoutMs: 5_000 };
      await register(product.owner, { name: `cut-${era}`, slug: `cut-${era}`, type: 'http', url: proxy.url, config });
    }
    const args = [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'];
    const config = { command: process.execPath, args };
    await register(product.owner, { name: 'pipe', slug: 'pipe', type: 'stdio', config });
    lanes = [];
    for (const name of PEOPLE) {
      const { caller } = await addPerson(product, `${name}@example.org`);
      const { secret } = await caller.withApiKey({ name: 'laptop' });
      for (const door of DOORS) lanes.push({ door, call: await openDoor(door, product.gatehouse.url, secret) });
    }
    for (const { call } of lanes)
      for (const service of [...HEALTHY, ...FAULTY])
        expect((await call(service, 'echo', { text: 'warm' })).text).toBe('warm');
    baseline = await vitalSignsOf(product.gatehouse);
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await Promise.all([...proxies, ...fakes].map((each) => each.close()));
  });

  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];

  /** A call, and the answer that it must get. */
  const anyCall = (): { tool: string; args: object; answer: string } => {
    const text = randomUUID();
    const [a, b] = [Math.floor(random() * 1_000), Math.floor(random() * 1_000)];
    const kinds = [
      { tool: 'echo', args: { text }, answer: text },
      { tool: 'add', args: { a, b }, answer: String(a + b) },
      { tool: 'echo', args: { text: text.repeat(300) }, answer: text.repeat(300) },
      { tool: 'structured', args: { city: text }, answer: JSON.stringify({ city: text, celsius: 21 }) },
    ];
    return random() < 0.8 ? kinds[0] : pick(kinds);
  };

  const callOnAndOn = async ({ call, door }: (typeof lanes)[number], until: number): Promise<void> => {
    while (performance.now() < until) {
      const isFaulty = random() < 0.2;
      const service = pick(isFaulty ? FAULTY : HEALTHY);
      const { tool, args, answer } = anyCall();
      const tally = tallies[isFaulty ? 'faulty' : 'healthy'];
      try {
        const { text, raw } = await call(service, tool, args);
        if (text === answer) tally.right += 1;
        else if (text !== undefined) tally.wrong.push(`${door} ${service} ${tool}: ${raw.slice(0, 300)}`);
        else count(tally.refused, codeIn(raw));
      } catch (error) {
        tally.lost.push(`${door} ${service} ${tool}: ${String(error)}`);
      }
      await delay(random() * THINK_MS);
    }
  };

  /** Every few seconds something goes wrong for a while: on what is open, and on a share of what comes. */
  const failNowAndThen = async (until: number): Promise<void> => {
    for (let round = 1; performance.now() < until; round += 1) {
      const proxy = pick(proxies);
      const fault = anyFault(random);
      count(struck, fault.kind);
      proxy.strike(fault);
      proxy.follow(randomFaults(seedOfRun() + round, 0.4));
      if (round % 7 === 0) fakes[3]?.state.forgetSessions();
      await delay(random() * FAULT_EVERY_MS);
      if (random() < 0.7) proxies.forEach((each) => each.heal());
      for (const { state } of fakes) state.calls.length = 0;
      await delay(random() * FAULT_EVERY_MS);
    }
    proxies.forEach((each) => each.heal());
  };

  const sample = async (from: number, until: number): Promise<void> => {
    while (performance.now() < until) {
      const now = await vitalSignsOf(product.gatehouse);
      samples.push({ ...now, atMinutes: (performance.now() - from) / 60_000 });
      await delay(SAMPLE_MS);
    }
  };

  it(
    `of ${MINUTES.toFixed(1)} minutes`,
    async () => {
      const from = performance.now();
      const until = from + DURATION_MS;
      await Promise.all([...lanes.map((lane) => callOnAndOn(lane, until)), failNowAndThen(until), sample(from, until)]);
      const { healthy, faulty } = tallies;
      const share = healthy.right / totalOf(healthy);
      const warm = samples.filter(({ atMinutes }) => atMinutes > MINUTES * WARM_UP_SHARE);
      const slope = slopeOf(warm, ({ rssMb }) => rssMb) * 10;
      const heapSlope = slopeOf(warm, ({ heapUsedMb }) => heapUsedMb) * 10;
      process.stdout.write(
        [
          `soak of ${MINUTES.toFixed(1)} minutes, seed ${seedOfRun()}: faults ${JSON.stringify(struck)}`,
          `  to services that are well: ${totalOf(healthy)} calls, ${(share * 100).toFixed(3)} % right, refused ${JSON.stringify(healthy.refused)}, lost ${healthy.lost.length}, wrong ${healthy.wrong.length}`,
          `  to services that fail: ${totalOf(faulty)} calls, ${faulty.right} right, refused ${JSON.stringify(faulty.refused)}, lost ${faulty.lost.length}, wrong ${faulty.wrong.length}`,
          `  memory ${samples[0]?.rssMb} → ${samples.at(-1)?.rssMb} MB (heap ${samples[0]?.heapUsedMb} → ${samples.at(-1)?.heapUsedMb}), after warming up ${slope.toFixed(2)} MB per 10 minutes (heap ${heapSlope.toFixed(2)}); loop at most ${Math.max(...samples.map(({ loopMaxMs }) => loopMaxMs))} ms`,
          '',
        ].join('\n'),
      );
      expect(product.gatehouse.ending).toBeUndefined();
      expect([...healthy.wrong, ...faulty.wrong].slice(0, 5)).toEqual([]);
      expect([...healthy.lost, ...faulty.lost].slice(0, 5)).toEqual([]);
      expect({ share, refused: healthy.refused }).toMatchObject({ share: expect.any(Number) });
      expect(share).toBeGreaterThanOrEqual(RIGHT_SHARE);
      expect(faulty.right).toBeGreaterThan(0);
      expect(product.gatehouse.logs).not.toMatch(/unhandledRejection|uncaughtException|"level":"fatal"/);
      if (MINUTES >= SLOPE_FROM_MINUTES) expect(slope).toBeLessThan(MAX_SLOPE_MB_PER_10_MIN);
    },
    DURATION_MS + 180_000,
  );

  it('leaves nothing behind: descriptors, timers and children are as before', async () => {
    let now = baseline;
    const isBack = async (): Promise<boolean> => {
      now = await vitalSignsOf(product.gatehouse);
      return (Object.keys(SLACK) as (keyof typeof SLACK)[]).every((sign) => now[sign] <= baseline[sign] + SLACK[sign]);
    };
    await waitFor('what was taken to be given back', isBack, 60_000).catch((error: unknown) => {
      throw new Error(`${JSON.stringify(now)}, before ${JSON.stringify(baseline)}`, { cause: error });
    });
  });
});

function newTally(): Tally {
  return { right: 0, refused: {}, lost: [], wrong: [] };
}

const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, each) => sum + each, 0);

const totalOf = ({ right, refused, lost, wrong }: Tally): number => right + sumOf(refused) + lost.length + wrong.length;

const count = (counts: Record<string, number>, what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);

const codeIn = (raw: string): string => /"code":"(\w+)"/.exec(raw)?.[1] ?? raw.slice(0, 120);

/** Of a straight line through the samples by least squares, per minute. */
function slopeOf(samples: readonly Sample[], valueOf: (sample: Sample) => number): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, each) => sum + of(each), 0) / Math.max(1, samples.length);
  const [x, y] = [mean(({ atMinutes }) => atMinutes), mean(valueOf)];
  const spread = mean(({ atMinutes }) => (atMinutes - x) ** 2);
  return spread === 0 ? 0 : mean((sample) => (sample.atMinutes - x) * (valueOf(sample) - y)) / spread;
}
