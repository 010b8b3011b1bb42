import { HandClock } from '../../../spec/hand-clock.js';
import { limitsWith, ruleFor, somebody, type LimitsUnderTest } from '../limits.fixture.js';
import type { LimitNumbers, LimitRule, LimitSubject } from '../rules/rule.js';
import type { Arrival, Pass } from './limit-gate.js';
import { rateLimitFields, type Standing } from './standing.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

const ANN = somebody('ann', { groups: ['crew'], key: 'key' });
const ZED = somebody('zed');

const SUBJECTS: [string, LimitSubject][] = [
  ['everyone', { kind: 'everyone' }],
  ['a group', { kind: 'group', id: 'crew' }],
  ['a user', { kind: 'user', id: 'ann' }],
  ['a key', { kind: 'key', id: 'key' }],
  ['a service', { kind: 'service', id: 'weather' }],
  ['a tool', { kind: 'tool', id: 'weather', tool: 'forecast' }],
];

/** Calls one after the other, each leaving at once. @returns what became of each */
async function ends(limits: LimitsUnderTest, times: number, principal = ANN, arrival: Partial<Arrival> = {}) {
  const all: string[] = [];
  for (let at = 0; at < times; at += 1) all.push(await end(limits.enter(principal, arrival)));
  return all;
}

const end = (entering: Promise<Pass>): Promise<string> =>
  entering.then(
    (pass) => {
      pass.leave();
      return 'in';
    },
    (error: { code: string }) => error.code,
  );

describe.each(SUBJECTS)('a rule for %s', (_, subject) => {
  const under = (numbers: Partial<LimitNumbers>, options = {}) => limitsWith([ruleFor(subject, numbers)], options);

  it('lets in a minute what its rate says, and not one call more', async () => {
    const limits = await under({ ratePerMinute: 3 });
    expect(await ends(limits, 5)).toEqual(['in', 'in', 'in', 'too_many_calls', 'too_many_calls']);
  });

  it('lets in a day what its quota says, not one call more, and as many again on the next', async () => {
    const clock = new HandClock();
    const limits = await under({ dailyQuota: 3 }, { clock });
    expect(await ends(limits, 4)).toEqual(['in', 'in', 'in', 'quota_exhausted']);
    clock.forward(14 * 60 - 1);
    expect(await ends(limits, 1)).toEqual(['quota_exhausted']);
    clock.forward(1);
    expect(await ends(limits, 4)).toEqual(['in', 'in', 'in', 'quota_exhausted']);
  });

  it('lets as many work at once and wait as it says, and turns the next one away', async () => {
    const limits = await under({ concurrency: 2, queue: 1 });
    const passes = [await limits.enter(ANN), await limits.enter(ANN)];
    let isIn = false;
    const third = limits.enter(ANN).then((pass) => {
      isIn = true;
      return pass;
    });
    await settled();
    expect(isIn).toBe(false);
    expect(await end(limits.enter(ANN))).toBe('too_many_calls');
    passes[0]?.leave();
    (await third).leave();
    passes[1]?.leave();
    expect(await ends(limits, 3)).toEqual(['in', 'in', 'in']);
  });
});

describe('the gate', () => {
  const service = (numbers: Partial<LimitNumbers>): LimitRule => ruleFor({ kind: 'service', id: 'weather' }, numbers);
  const user = (numbers: Partial<LimitNumbers>): LimitRule => ruleFor({ kind: 'user', id: 'ann' }, numbers);

  it('counts for a service what everybody calls, and for a person what they call anywhere', async () => {
    const limits = await limitsWith([
      service({ ratePerMinute: 2 }),
      ruleFor({ kind: 'everyone' }, { ratePerMinute: 2 }),
    ]);
    expect(await ends(limits, 1, ANN)).toEqual(['in']);
    expect(await ends(limits, 2, ZED)).toEqual(['in', 'too_many_calls']);
    expect(await ends(limits, 2, ANN, { serviceId: 'other' })).toEqual(['in', 'too_many_calls']);
  });

  it('holds a changed rule at once, and keeps what was counted', async () => {
    const limits = await limitsWith([user({ dailyQuota: 5 })]);
    expect(await ends(limits, 3)).toEqual(['in', 'in', 'in']);
    await limits.use([user({ dailyQuota: 4 })]);
    expect(await ends(limits, 2)).toEqual(['in', 'quota_exhausted']);
    await limits.use([]);
    expect(await ends(limits, 1)).toEqual(['in']);
  });

  it('takes a change of groups into account at once', async () => {
    const limits = await limitsWith([ruleFor({ kind: 'group', id: 'guests' }, { ratePerMinute: 1 })]);
    expect(await ends(limits, 2, somebody('ann'))).toEqual(['in', 'in']);
    expect(await ends(limits, 2, somebody('ann', { groups: ['guests'] }))).toEqual(['in', 'too_many_calls']);
  });

  it('does not count for the day what it did not let in, or what came to nothing', async () => {
    const limits = await limitsWith([user({ dailyQuota: 2 }), service({ concurrency: 1, queue: 0 })]);
    const inside = await limits.enter(ZED);
    expect(await ends(limits, 3)).toEqual(Array(3).fill('too_many_calls'));
    inside.leave();
    const pass = await limits.enter(ANN);
    pass.undo();
    pass.leave();
    expect(await ends(limits, 3)).toEqual(['in', 'in', 'quota_exhausted']);
  });

  it('does not count against one quota what another refuses', async () => {
    const limits = await limitsWith([user({ dailyQuota: 3 }), service({ dailyQuota: 1 })]);
    expect(await ends(limits, 3)).toEqual(['in', 'quota_exhausted', 'quota_exhausted']);
    expect(await ends(limits, 3, ANN, { serviceId: 'other' })).toEqual(['in', 'in', 'quota_exhausted']);
  });

  it('gives the caller’s places back when the service has none', async () => {
    const limits = await limitsWith([service({ concurrency: 1, queue: 0 })]);
    const inside = await limits.enter(ZED);
    await ends(limits, 20);
    expect(limits.gate.places.crowd('user:ann')).toEqual({ inside: 0, waiting: 0 });
    inside.leave();
    expect(limits.gate.places.crowd('service:weather')).toEqual({ inside: 0, waiting: 0 });
  });

  it('lets nobody be starved at a service by somebody with 95 % of the load', async () => {
    const limits = await limitsWith([
      service({ concurrency: 1 }),
      ruleFor({ kind: 'user', id: 'greedy' }, { concurrency: 100 }),
    ]);
    const first = await limits.enter(ZED);
    const order: string[] = [];
    const line = [...Array<string>(95).fill('greedy'), ...Array<string>(5).fill('ann')].map(async (who) => {
      const pass = await limits.enter(somebody(who));
      order.push(who);
      pass.leave();
    });
    await settled();
    first.leave();
    await Promise.all(line);
    expect(order.slice(0, 10).filter((who) => who === 'ann')).toHaveLength(5);
  });

  it('takes places again for a call that stepped out, and lets go of all of them', async () => {
    const limits = await limitsWith([user({ concurrency: 1, queue: 0 })]);
    const pass = await limits.enter(ANN);
    pass.leave();
    const other = await limits.enter(ANN);
    const leaveAgain = pass.reenter();
    expect(limits.gate.places.crowd('user:ann').inside).toBe(2);
    leaveAgain();
    other.leave();
    expect(limits.gate.places.crowd('user:ann').inside).toBe(0);
    expect(limits.gate.places.crowd('service:weather').inside).toBe(0);
  });

  it('forgets a caller who went away while waiting', async () => {
    const limits = await limitsWith([user({ concurrency: 1 })]);
    const inside = await limits.enter(ANN);
    const gone = new AbortController();
    const waiting = limits.enter(ANN, { signal: gone.signal });
    await settled();
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'call_cancelled' });
    expect(limits.gate.places.crowd('user:ann')).toEqual({ inside: 1, waiting: 0 });
    inside.leave();
  });

  it('says when to come back, and which rule it was', async () => {
    const clock = new HandClock();
    const limits = await limitsWith([user({ dailyQuota: 1 })], { clock });
    await ends(limits, 1);
    await expect(limits.enter(ANN)).rejects.toMatchObject({
      status: 429,
      details: {
        quota: 1,
        seconds: 14 * 3_600,
        renews: '2026-11-23T00:00Z',
        rule: expect.stringContaining('user:ann'),
      },
    });
  });

  it('tells of the limit nearest to exhaustion, on refusals too, and of none where none applies', async () => {
    const clock = new HandClock();
    const limits = await limitsWith([user({ ratePerMinute: 10, dailyQuota: 4 }), service({ ratePerMinute: 100 })], {
      clock,
    });
    const heard: Standing[] = [];
    const onStanding = (standing: Standing): void => void heard.push(standing);
    await ends(limits, 5, ANN, { onStanding });
    expect(heard.map(({ policy, remaining }) => [policy, remaining])).toEqual([
      ['user-day', 3],
      ['user-day', 2],
      ['user-day', 1],
      ['user-day', 0],
      ['user-day', 0],
    ]);
    const last = heard.at(-1);
    expect(last && rateLimitFields(last)).toEqual({
      'RateLimit-Policy': '"user-day";q=4;w=86400',
      RateLimit: '"user-day";r=0;t=50400',
    });
    await ends(limits, 1, ZED, { serviceId: 'other', onStanding });
    expect(heard).toHaveLength(5);
  });
});
