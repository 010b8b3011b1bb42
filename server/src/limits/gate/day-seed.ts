import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CallCounts, type CallCount, type CountedBy } from '../../audit/index.js';
import { RedisLink } from '../../platform/index.js';
import { LimitBook } from '../rules/limit-book.js';
import type { LimitRule } from '../rules/rule.js';
import { CallCounters } from './call-counters.js';

/**
 * Takes over what today's record says, so that a quota survives a restart, counts from midnight however late its rule was
 * made, and forgets nothing of what was counted here while Redis was away. Without a rule with a quota it asks nothing.
 */
@Injectable()
export class DaySeed implements OnModuleInit {
  private readonly logger = new Logger('Limits');

  constructor(
    private readonly book: LimitBook,
    private readonly counts: CallCounts,
    private readonly counters: CallCounters,
    private readonly redis: RedisLink,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.book.refresh();
    await this.sow();
    this.redis.client?.on('ready', () => {
      this.sow().catch((err: unknown) => this.logger.error({ err, msg: 'Counts of today were not taken over.' }));
    });
  }

  /** Makes every count of today at least what is on record. */
  async sow(): Promise<void> {
    const limited = this.book.all().filter(({ dailyQuota }) => dailyQuota !== null);
    const day = this.counters.today();
    for (const by of ['user', 'key', 'service', 'tool'] as const) {
      const rules = limited.filter(({ subject }) => COUNTED_FOR[subject.kind] === by);
      if (rules.length === 0) continue;
      for (const count of await this.counts.since(day.start, by)) {
        if (concerns(rules, by, count)) await this.counters.atLeast(bucketOf(by, count), count.calls, day);
      }
    }
  }
}

/** A rule for everyone or for a group limits each person of them. */
const COUNTED_FOR: Record<LimitRule['subject']['kind'], CountedBy> = {
  everyone: 'user',
  group: 'user',
  user: 'user',
  key: 'key',
  service: 'service',
  tool: 'tool',
};

/** Which people a rule for a group means changes with the group, so everybody is counted. */
const concerns = (rules: readonly LimitRule[], by: CountedBy, { id, tool }: CallCount): boolean =>
  by === 'user' ||
  rules.some(
    ({ subject }) => 'id' in subject && subject.id === id && (subject.kind !== 'tool' || subject.tool === tool),
  );

const bucketOf = (by: CountedBy, { id, tool }: CallCount): string =>
  by === 'tool' ? `tool:${id}/${tool}` : `${by}:${id}`;
