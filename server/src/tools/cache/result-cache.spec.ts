import { InProcessEventBus, Metrics, contentHash } from '../../platform/index.js';
import type { CallPlan, Dispatch } from '../path/call-plan.js';
import { MemoryAnswerStore } from './answer-store.js';
import { cacheKey } from './cache-key.js';
import type { Keeping, Shelf } from './keeping.js';
import { ResultCache, type Fetched } from './result-cache.js';

interface Call {
  user?: string;
  scope?: Shelf['scope'];
  args?: unknown;
  service?: string;
  version?: number;
  sharing?: 'per-user';
  actor?: object;
  subject?: readonly unknown[];
  meta?: Record<string, unknown>;
  allows?: (answer: unknown) => Shelf | undefined;
  counterpart?: unknown;
}

const planOf = ({
  user = 'ann',
  args = {},
  service = 'weather',
  version = 1,
  sharing,
  actor,
  meta,
}: Call): CallPlan<unknown> =>
  ({
    origin: { principal: { userId: user, actor }, ...(meta && { meta }) },
    service: { id: service, version, config: { sharing } },
    arguments: args,
  }) as unknown as CallPlan<unknown>;

const keepingOf = ({ scope = 'principal', subject = ['tool', 'forecast', 'h1'], allows }: Call): Keeping<unknown> => ({
  scopes: [scope],
  subject,
  allows: allows ?? (() => ({ ttlMs: 60_000, scope })),
});

const keyOf = (call: Call): string | undefined => cacheKey(planOf(call), keepingOf(call), call.scope ?? 'principal');

describe('the key of an answer', () => {
  it.each<[string, Call]>([
    ['user', { user: 'ben' }],
    ['scope', { scope: 'shared' }],
    ['service', { service: 'wiki' }],
    ['version of the service, and so of every policy of it', { version: 2 }],
    ['tool', { subject: ['tool', 'other', 'h1'] }],
    ['definition of the tool', { subject: ['tool', 'forecast', 'h2'] }],
    ['argument', { args: { city: 'Ulm' } }],
    ['type of an argument', { args: { days: '1' } }],
    ['word of the client to the service', { meta: { 'example.com/tenant': 'b' } }],
  ])('is another one for another %s', (_, call) => {
    expect(keyOf(call)).not.toBe(keyOf({}));
  });

  it('is one for two spellings of one call', () => {
    expect(keyOf({ args: { a: 1, b: { c: 2, d: 1.0 } } })).toBe(
      keyOf({ args: JSON.parse('{"b":{"d":1e0,"c":2},"a":1}') }),
    );
    expect(keyOf({ meta: { traceparent: '00-1-2-01' } })).toBe(keyOf({}));
    expect(keyOf({ user: 'ben', scope: 'shared' })).toBe(keyOf({ user: 'ann', scope: 'shared' }));
  });

  it('cannot be moved from one part into the next', () => {
    expect(keyOf({ subject: ['tool', 'a"],["b', 'h'] })).not.toBe(keyOf({ subject: ['tool', 'a', 'b', 'h'] }));
    expect(keyOf({ user: 'shared' })).not.toBe(keyOf({ scope: 'shared' }));
  });

  it('is everybody’s own where they use a service with accounts of their own, and none for who acts as another', () => {
    const shared = { scope: 'shared', sharing: 'per-user' } as const;
    expect(keyOf({ ...shared, user: 'ben' })).not.toBe(keyOf({ ...shared, user: 'ann' }));
    expect(keyOf({ ...shared, actor: { userId: 'eve' } })).toBeUndefined();
  });

  it('is none where there is no canonical form', () => {
    expect(keyOf({ args: { text: '\ud800' } })).toBeUndefined();
  });

  it('knows a tool by everything that its service says of it', () => {
    const tool = { name: 'a', description: 'Reads.', inputSchema: { type: 'object' } };
    expect(contentHash({ ...tool })).toBe(
      contentHash({ inputSchema: { type: 'object' }, description: 'Reads.', name: 'a' }),
    );
    expect(contentHash({ ...tool, description: 'Deletes.' })).not.toBe(contentHash(tool));
  });
});

describe('the cache of answers', () => {
  let bus: InProcessEventBus;
  let metrics: Metrics;
  let cache: ResultCache;
  beforeEach(() => {
    bus = new InProcessEventBus();
    metrics = new Metrics();
    cache = new ResultCache(new MemoryAnswerStore(() => 0), bus, metrics);
  });

  /** A call whose service answers when, and as, the test says. */
  const begin = (call: Call = {}) => {
    const sent = Promise.withResolvers<Dispatch>();
    const answer = Promise.withResolvers<unknown>();
    const leaving = new AbortController();
    let isSent = false;
    const dispatch = { signal: leaving.signal, counterpart: call.counterpart } as unknown as Dispatch;
    const result: Promise<Fetched<unknown>> = cache.through(planOf(call), keepingOf(call), dispatch, (mine) => {
      isSent = true;
      sent.resolve(mine);
      return answer.promise;
    });
    result.catch(() => undefined);
    return { result, answer, sent: sent.promise, isSent: () => isSent, leave: () => leaving.abort(new Error('gone')) };
  };
  const settled = (): Promise<void> => new Promise((done) => setImmediate(done));
  const ask = async (call: Call, answer: unknown = { content: [] }): Promise<Fetched<unknown>> => {
    const one = begin(call);
    one.answer.resolve(answer);
    return one.result;
  };

  it('gives an equal call the same answer, as an object of its own', async () => {
    const answer = { content: [{ type: 'text', text: 'sun' }] };
    expect(await ask({}, answer)).toEqual({ answer, cached: false });
    const again = await ask({}, 'never asked');
    expect(again).toEqual({ answer, cached: true });
    expect(again.answer).not.toBe(answer);
    expect(await metrics.registry.getSingleMetricAsString('gatehouse_answer_cache_total')).toMatch(
      /outcome="miss"} 1\n.*outcome="hit"} 1/s,
    );
  });

  it.each<[string, Call, boolean]>([
    ['not give one person what another was answered', { user: 'ben' }, false],
    ['not give a shared answer to those who want their own', { user: 'ben', scope: 'principal' }, false],
    ['give everybody what is shared', { user: 'ben', scope: 'shared' }, true],
  ])('must %s, neither from the store nor from a call under way', async (_, call, cached) => {
    const first: Call = { user: 'ann', scope: call.scope ?? 'principal' };
    const leader = begin(first);
    await leader.sent;
    const second = begin(call);
    await settled();
    expect(second.isSent()).toBe(!cached);
    leader.answer.resolve({ of: 'ann' });
    second.answer.resolve({ of: 'ben' });
    const joined = cached ? { joined: true } : {};
    expect(await second.result).toEqual({ answer: { of: cached ? 'ann' : 'ben' }, cached, ...joined });
    await leader.result;
    expect(await ask(call, { of: 'ben' })).toEqual({ answer: { of: cached ? 'ann' : 'ben' }, cached: true });
  });

  it('sends one of many equal calls', async () => {
    const leader = begin();
    await leader.sent;
    const others = Array.from({ length: 20 }, () => begin());
    await settled();
    leader.answer.resolve({ n: 1 });
    expect(await Promise.all(others.map((each) => each.result))).toEqual(
      Array(20).fill({ answer: { n: 1 }, cached: true, joined: true }),
    );
    expect(others.filter((each) => each.isSent())).toEqual([]);
  });

  it.each<[string, (leader: ReturnType<typeof begin>) => void]>([
    ['fails', ({ answer }) => answer.reject(new Error('broken'))],
    ['is cancelled', ({ leave }) => leave()],
  ])('sends one of those who wait when the first %s', async (_, end) => {
    const leader = begin();
    await leader.sent;
    const others = [begin(), begin(), begin()];
    await settled();
    end(leader);
    await settled();
    const sent = others.filter((each) => each.isSent());
    expect(sent).toHaveLength(1);
    sent[0]?.answer.resolve({ n: 2 });
    expect((await Promise.all(others.map((each) => each.result))).map(({ cached }) => cached).sort()).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('lets nobody wait for more than two others', async () => {
    const leader = begin();
    await leader.sent;
    const others = [begin(), begin(), begin(), begin()];
    await settled();
    leader.leave();
    await settled();
    others.find((each) => each.isSent())?.answer.reject(new Error('broken'));
    await settled();
    await settled();
    expect(others.map((each) => each.isSent())).toEqual([true, true, true, true]);
    for (const { answer } of others) answer.resolve({ n: 3 });
    expect((await Promise.allSettled(others.map((each) => each.result))).map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
  });

  it('lets one who waits leave, and harms nobody else', async () => {
    const leader = begin();
    await leader.sent;
    const [leaving, staying] = [begin(), begin()];
    await settled();
    leaving.leave();
    await expect(leaving.result).rejects.toThrow('gone');
    leader.answer.resolve({ n: 1 });
    expect(await Promise.all([leader.result, staying.result])).toEqual([
      { answer: { n: 1 }, cached: false },
      { answer: { n: 1 }, cached: true, joined: true },
    ]);
  });

  it('neither keeps nor shares what is for one call', async () => {
    const call: Call = { allows: () => undefined };
    const leader = begin(call);
    await leader.sent;
    const other = begin(call);
    await settled();
    leader.answer.resolve({ isError: true });
    await leader.result;
    await settled();
    expect(other.isSent()).toBe(true);
    other.answer.resolve({ n: 2 });
    expect([await other.result, await ask(call)].map(({ cached }) => cached)).toEqual([false, false]);
  });

  it('keeps no answer for which somebody was asked', async () => {
    const call: Call = { scope: 'shared', counterpart: { capabilities: {}, ask: () => Promise.resolve({}) } };
    const asked = begin(call);
    const { counterpart } = await asked.sent;
    await counterpart?.ask({ method: 'elicitation/create', params: {} }, new AbortController().signal);
    asked.answer.resolve({ of: 'ann' });
    await asked.result;
    expect(await ask({ ...call, user: 'ben' }, { of: 'ben' })).toEqual({ answer: { of: 'ben' }, cached: false });
  });

  it.each(['service.changed', 'service.capabilities'] as const)('forgets a service on %s', async (type) => {
    await ask({});
    await ask({ service: 'wiki' });
    bus.publish(type, { serviceId: 'weather', change: 'updated' } as never);
    expect([await ask({}), await ask({ service: 'wiki' })].map(({ cached }) => cached)).toEqual([false, true]);
  });

  it('neither keeps nor waits for what was on its way when its service was forgotten', async () => {
    const leader = begin();
    await leader.sent;
    cache.forget('weather');
    const later = begin();
    await settled();
    expect(later.isSent()).toBe(true);
    later.answer.reject(new Error('broken'));
    leader.answer.resolve({ n: 1 });
    await leader.result;
    expect((await ask({})).cached).toBe(false);
  });

  it('lets a call through that has no key', async () => {
    const call: Call = { args: { text: '\ud800' } };
    expect([await ask(call), await ask(call)].map(({ cached }) => cached)).toEqual([false, false]);
  });
});
