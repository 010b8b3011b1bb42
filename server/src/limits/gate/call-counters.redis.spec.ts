import { randomUUID } from 'node:crypto';
import { startRedisWay, testRedisUrl, waitFor, type RedisWay } from '@gatehouse/testing';
import { HandClock } from '../../../spec/hand-clock.js';
import { RedisLink } from '../../platform/index.js';
import { limitsWith, ruleFor, somebody, type LimitsUnderTest } from '../limits.fixture.js';
import type { LimitNumbers } from '../rules/rule.js';

/** Two replicas on one Redis, which only the first reaches by a way that can be cut. */
describe('two replicas with one Redis', () => {
  let way: RedisWay;
  let links: RedisLink[];
  let clock: HandClock;

  beforeEach(async () => {
    way = await startRedisWay();
    clock = new HandClock();
    links = [way.url, testRedisUrl()].map((redisUrl) => new RedisLink({ redisUrl }));
    await waitFor('both to be connected', () => links.every(({ state }) => state === 'ready'));
  });

  afterEach(async () => {
    for (const link of links) link.onApplicationShutdown();
    await way.close();
  });

  /** Somebody new for each test: what earlier ones counted is still in Redis. */
  async function replicas(numbers: Partial<LimitNumbers>) {
    const id = randomUUID();
    const rules = [ruleFor({ kind: 'user', id }, numbers)];
    const [near, far] = await Promise.all(links.map((redis) => limitsWith(rules, { redis, clock })));
    if (!near || !far) throw new Error('two replicas were wanted');
    const end = (limits: LimitsUnderTest): Promise<string> =>
      limits.enter(somebody(id)).then(
        (pass) => {
          pass.leave();
          return 'in';
        },
        (error: { code?: string }) => error.code ?? 'failed',
      );
    return { id, near, far, end };
  }

  it.each([
    ['a minute', { ratePerMinute: 4 }, 'too_many_calls'],
    ['a day', { dailyQuota: 4 }, 'quota_exhausted'],
  ])('share what somebody may call in %s', async (_, numbers, refusal) => {
    const { near, far, end } = await replicas(numbers);
    const ends = await Promise.all([near, far, near, far, near, far].map(end));
    expect(ends.sort()).toEqual(['in', 'in', 'in', 'in', refusal, refusal].sort());
  });

  it('go on by themselves, without one error, when Redis is killed under load, and together when it is back', async () => {
    const { near, end } = await replicas({ ratePerMinute: 1_000_000, dailyQuota: 1_000_000 });
    const ends: Promise<string>[] = [];
    for (let at = 0; at < 300; at += 1) {
      ends.push(end(near));
      if (at === 100) await way.cut();
      if (at === 200) await way.mend();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['in']));
    await waitFor('the connection to be back', () => links[0]?.state === 'ready');
    expect(await end(near)).toBe('in');
  });

  it('let nobody have a day’s quota twice because Redis is away', async () => {
    const { near, far, end } = await replicas({ dailyQuota: 3 });
    expect([await end(far), await end(near)]).toEqual(['in', 'in']);
    await way.cut();
    await waitFor('the loss to be noticed', () => links[0]?.state === 'away');
    expect([await end(near), await end(near)]).toEqual(['in', 'quota_exhausted']);
    await way.mend();
  });

  it('answer within the patience of a command when Redis hangs, and at once afterwards', async () => {
    const { near, end } = await replicas({ ratePerMinute: 100 });
    way.hang();
    expect(await Promise.all(Array.from({ length: 10 }, () => end(near)))).toEqual(Array(10).fill('in'));
    await waitFor('the hanging server to be left', () => links[0]?.state === 'away');
    expect(await end(near)).toBe('in');
    await way.mend();
  });

  it('give back in Redis what came to nothing', async () => {
    const { id, near, far } = await replicas({ dailyQuota: 3 });
    (await near.enter(somebody(id))).undo();
    await waitFor('the count to be 0', async () => (await far.counters.dayOf(`user:${id}`)).used === 0);
  });
});
