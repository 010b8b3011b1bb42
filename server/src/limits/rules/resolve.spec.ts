import fc from 'fast-check';
import { ruleFor } from '../limits.fixture.js';
import { defaultsFor, resolve, type ApplicableRules } from './resolve.js';
import {
  LIMIT_NAMES,
  type Bucket,
  type BucketKind,
  type LimitName,
  type LimitNumbers,
  type LimitRule,
} from './rule.js';

const DEFAULTS = defaultsFor(600);
const IDS = { keyId: 'key', userId: 'ann', serviceId: 'weather', tool: 'forecast' };

const user = (numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'user', id: 'ann' }, numbers);
const group = (id: string, numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'group', id }, numbers);
const everyone = (numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'everyone' }, numbers);
const key = (numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'key', id: 'key' }, numbers);
const service = (numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'service', id: 'weather' }, numbers);
const tool = (numbers: Partial<LimitNumbers>) => ruleFor({ kind: 'tool', id: 'weather', tool: 'forecast' }, numbers);

const resolved = (rules: Partial<ApplicableRules>, ids: typeof IDS | Omit<typeof IDS, 'tool'> = IDS) =>
  resolve({ groups: [], ...rules }, ids, DEFAULTS);

const of = (buckets: readonly Bucket[], kind: BucketKind): Bucket => {
  const found = buckets.find((bucket) => bucket.kind === kind);
  if (!found) throw new Error(`no bucket of kind ${kind}`);
  return found;
};

describe('the limits in force', () => {
  it('are the defaults where no rule says anything', () => {
    const buckets = resolved({});
    expect(buckets.map(({ name }) => name)).toEqual(['user:ann', 'service:weather']);
    expect(of(buckets, 'user')).toMatchObject({ ratePerMinute: 600, seats: 10, queue: 100, dailyQuota: Infinity });
    expect(of(buckets, 'service')).toMatchObject({
      ratePerMinute: Infinity,
      seats: 32,
      queue: 500,
      dailyQuota: Infinity,
    });
    expect(of(buckets, 'user').settings.ratePerMinute.from).toBe('configuration');
    expect(of(buckets, 'user').settings.queue.from).toBe('built-in');
  });

  it('have no rate by default where the configuration says 0', () => {
    expect(defaultsFor(0).caller.ratePerMinute.value).toBe(Infinity);
  });

  it.each<[string, Partial<ApplicableRules>, number]>([
    ['everyone’s rule, where nothing nearer says anything', { everyone: everyone({ concurrency: 4 }) }, 4],
    [
      'a group’s rule rather than everyone’s',
      { everyone: everyone({ concurrency: 4 }), groups: [group('a', { concurrency: 3 })] },
      3,
    ],
    [
      'the most generous of several groups',
      { groups: [group('a', { concurrency: 3 }), group('b', { concurrency: 7 }), group('c', { concurrency: 5 })] },
      7,
    ],
    [
      'the user’s rule rather than any group’s, also where it is tighter',
      { user: user({ concurrency: 2 }), groups: [group('a', { concurrency: 9 })] },
      2,
    ],
    [
      'the group’s number where the user’s rule sets none',
      { user: user({ ratePerMinute: 5 }), groups: [group('a', { concurrency: 9 })] },
      9,
    ],
  ])('of a person are %s', (_, rules, concurrency) => {
    expect(of(resolved(rules), 'user').seats).toBe(concurrency);
  });

  it('say of each number by itself which rule it comes from', () => {
    const rules = {
      user: user({ ratePerMinute: 5 }),
      groups: [group('a', { queue: 9 })],
      everyone: everyone({ dailyQuota: 70 }),
    };
    const { settings } = of(resolved(rules), 'user');
    expect(LIMIT_NAMES.map((name) => [name, settings[name].value, settings[name].from])).toEqual([
      ['ratePerMinute', 5, rules.user],
      ['concurrency', 10, 'built-in'],
      ['queue', 9, rules.groups[0]],
      ['dailyQuota', 70, rules.everyone],
    ]);
  });

  it('take 0 for any number of calls, of a rate and a quota, and for no line at all, of a queue', () => {
    const buckets = resolved({
      user: user({ ratePerMinute: 0, dailyQuota: 0, queue: 0 }),
      everyone: everyone({ dailyQuota: 3 }),
    });
    expect(of(buckets, 'user')).toMatchObject({ ratePerMinute: Infinity, dailyQuota: Infinity, queue: 0 });
    expect(
      of(resolved({ groups: [group('a', { dailyQuota: 0 }), group('b', { dailyQuota: 9 })] }), 'user').dailyQuota,
    ).toBe(Infinity);
  });

  it('put a key before its person, limiting nothing but what its rule names', () => {
    const buckets = resolved({ key: key({ ratePerMinute: 60 }) });
    expect(buckets.map(({ kind }) => kind)).toEqual(['key', 'user', 'service']);
    expect(of(buckets, 'key')).toMatchObject({ ratePerMinute: 60, seats: Infinity, queue: 100, dailyQuota: Infinity });
    expect(of(buckets, 'user').ratePerMinute).toBe(600);
  });

  it('put a tool within its service, and are none of a tool where none is called', () => {
    const rules = { tool: tool({ concurrency: 1 }), service: service({ concurrency: 4 }) };
    expect(resolved(rules).map(({ kind, seats }) => [kind, seats])).toEqual([
      ['user', 10],
      ['tool', 1],
      ['service', 4],
    ]);
    const { tool: _, ...noTool } = IDS;
    expect(resolved(rules, noTool).map(({ kind }) => kind)).toEqual(['user', 'service']);
  });
});

describe('the limits in force, whatever the rules', () => {
  const numbers = fc.record({
    ratePerMinute: fc.option(fc.nat(1_000)),
    concurrency: fc.option(fc.integer({ min: 1, max: 50 })),
    queue: fc.option(fc.nat(100)),
    dailyQuota: fc.option(fc.nat(5_000)),
  });
  const maybe = (make: (numbers: Partial<LimitNumbers>) => LimitRule) =>
    fc.option(numbers.map(make), { nil: undefined });
  const anyRules: fc.Arbitrary<ApplicableRules> = fc.record({
    key: maybe(key),
    user: maybe(user),
    groups: fc
      .array(fc.tuple(fc.string({ minLength: 1 }), numbers), { maxLength: 4 })
      .map((all) => all.map(([id, each]) => group(id, each))),
    everyone: maybe(everyone),
    service: maybe(service),
    tool: maybe(tool),
  });
  const amount = (name: LimitName, stored: number): number =>
    stored === 0 && (name === 'ratePerMinute' || name === 'dailyQuota') ? Infinity : stored;
  const tightest = (buckets: readonly Bucket[], name: LimitName): number =>
    Math.min(...buckets.map(({ settings }) => settings[name].value));

  it('are never more generous than the rule of the key, the user, the tool or the service', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(...LIMIT_NAMES), (rules, name) => {
        const effective = tightest(resolved(rules), name);
        for (const rule of [rules.key, rules.user, rules.tool, rules.service]) {
          const stored = rule?.[name] ?? null;
          if (stored !== null) expect(effective).toBeLessThanOrEqual(amount(name, stored));
        }
      }),
    );
  });

  it('are never more generous than the most generous group, where the user has no rule', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(...LIMIT_NAMES), (rules, name) => {
        const { user: _, ...others } = rules;
        const ofGroups = rules.groups.flatMap((rule) => (rule[name] === null ? [] : [amount(name, rule[name])]));
        if (ofGroups.length === 0) return;
        expect(tightest(resolved(others), name)).toBeLessThanOrEqual(Math.max(...ofGroups));
      }),
    );
  });

  it('are never made more generous by a rule for a key or a tool', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(...LIMIT_NAMES), (rules, name) => {
        const { key: _, tool: __, ...without } = rules;
        expect(tightest(resolved(rules), name)).toBeLessThanOrEqual(tightest(resolved(without), name));
      }),
    );
  });

  it('come from a rule that sets exactly this number, or are a default', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        for (const { settings } of resolved(rules)) {
          for (const name of LIMIT_NAMES) {
            const { value, from } = settings[name];
            if (typeof from !== 'string') expect(value).toBe(amount(name, from[name] ?? -1));
          }
        }
      }),
    );
  });
});
