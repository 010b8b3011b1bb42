import type { Repository } from 'typeorm';
import type { Principal } from '../auth/index.js';
import { Clock, RedisLink } from '../platform/index.js';
import { CallCounters } from './gate/call-counters.js';
import { LimitGate, type Arrival, type Pass } from './gate/limit-gate.js';
import { LimitBook } from './rules/limit-book.js';
import type { LimitRuleRow } from './rules/limit-rule.entity.js';
import { subjectColumns } from './rules/limit-rows.js';
import type { LimitNumbers, LimitRule, LimitSubject } from './rules/rule.js';

const NOTHING: LimitNumbers = { ratePerMinute: null, concurrency: null, queue: null, dailyQuota: null };

export const ruleFor = (subject: LimitSubject, numbers: Partial<LimitNumbers>): LimitRule => ({
  id: JSON.stringify(subject),
  subject,
  ...NOTHING,
  ...numbers,
});

/** Somebody signed in to the console, or with a key. */
export const somebody = (userId: string, more: { groups?: readonly string[]; key?: string } = {}): Principal =>
  ({
    userId,
    groupIds: new Set(more.groups ?? []),
    credential: more.key === undefined ? { kind: 'session', id: `s-${userId}` } : { kind: 'api-key', id: more.key },
  }) as unknown as Principal;

export interface LimitsUnderTest {
  readonly book: LimitBook;
  readonly counters: CallCounters;
  readonly gate: LimitGate;
  /** Puts other rules in force. */
  use(rules: readonly LimitRule[]): Promise<void>;
  enter(principal: Principal, arrival?: Partial<Omit<Arrival, 'principal'>>): Promise<Pass>;
}

/** Gate, counters and rules, with the rows of the rules held by the spec. */
export async function limitsWith(
  rules: readonly LimitRule[],
  { callsPerMinute = 0, clock = new Clock(), redis = new RedisLink({ redisUrl: undefined }) } = {},
): Promise<LimitsUnderTest> {
  let rows = rules.map(rowOf);
  const repository = { find: () => Promise.resolve(rows) } as unknown as Repository<LimitRuleRow>;
  const book = new LimitBook(repository, { callsPerMinute });
  await book.refresh();
  const counters = new CallCounters(redis, clock);
  const gate = new LimitGate(book, counters);
  return {
    book,
    counters,
    gate,
    use: (others) => {
      rows = others.map(rowOf);
      return book.refresh();
    },
    enter: (principal, arrival) => gate.enter({ principal, serviceId: 'weather', tool: 'forecast', ...arrival }),
  };
}

const rowOf = ({ subject, ...rest }: LimitRule): LimitRuleRow => ({
  ...rest,
  ...subjectColumns(subject),
  createdBy: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 1,
});
