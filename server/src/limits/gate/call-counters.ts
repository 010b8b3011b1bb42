import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { Clock, RedisLink } from '../../platform/index.js';
import { dayOf, type Day } from './day.js';

export const MINUTE_SECONDS = 60;
/** A day's count is kept a little longer than its day, in case the clocks of two machines differ. */
const SPARE_SECONDS = 60;

/** How much of one window of one bucket is used. */
export interface Count {
  /** Calls in the window, this one included. */
  readonly used: number;
  /** Until the window ends. */
  readonly secondsLeft: number;
}

type Counter = RateLimiterMemory | RateLimiterRedis;

/**
 * Counts calls per minute and per day of UTC, in Redis when there is one, so that replicas share what they count;
 * otherwise, and while Redis is away, in this process.
 *
 * Counts only: how many are too many is for whoever asks, so that a changed rule holds at once and keeps what was counted.
 */
@Injectable()
export class CallCounters {
  private readonly minutes: Counter;
  private readonly days: Counter;
  /** What the days of this process know; also what is left of them when Redis goes away. */
  private readonly localDays = memory('day');

  constructor(
    redis: RedisLink,
    private readonly clock: Clock,
  ) {
    this.minutes = shared(redis, memory('minute'));
    this.days = shared(redis, this.localDays);
  }

  /**
   * Counts an attempt. A minute begins with the first attempt after the one before it has ended.
   *
   * @returns the count as it is kept, for `countOf`: every call makes one, and few are looked at
   */
  countMinute(bucket: string): Promise<RateLimiterRes> {
    return this.minutes.consume(bucket);
  }

  async countDay(bucket: string, day: Day = this.today()): Promise<Count> {
    const { consumedPoints: used } = await this.days.consume(keyOf(bucket, day), 1, expiring(day));
    if (this.days !== this.localDays) await this.localDays.set(keyOf(bucket, day), used, lifetime(day));
    return { used, secondsLeft: day.secondsLeft };
  }

  /** Takes one call of that day back: it was counted and then not let in. */
  async giveBack(bucket: string, day: Day): Promise<void> {
    await this.days.reward(keyOf(bucket, day), 1, expiring(day));
  }

  async minuteOf(bucket: string): Promise<Count> {
    const found = await this.minutes.get(bucket);
    return found && found.msBeforeNext > 0 ? countOf(found) : { used: 0, secondsLeft: 0 };
  }

  async dayOf(bucket: string): Promise<Count> {
    const day = this.today();
    const found = await this.days.get(keyOf(bucket, day));
    return { used: found?.consumedPoints ?? 0, secondsLeft: day.secondsLeft };
  }

  /** Makes a day's count at least `used`: calls of today that are on record were counted somewhere else, or before a restart. */
  async atLeast(bucket: string, used: number, day: Day = this.today()): Promise<void> {
    const key = keyOf(bucket, day);
    const known = await this.days.get(key);
    if ((known?.consumedPoints ?? 0) >= used) return;
    await this.days.set(key, used, lifetime(day));
    if (this.days !== this.localDays) await this.localDays.set(key, used, lifetime(day));
  }

  today(): Day {
    return dayOf(this.clock.now());
  }
}

const keyOf = (bucket: string, day: Day): string => `${day.number}:${bucket}`;

const lifetime = (day: Day): number => day.secondsLeft + SPARE_SECONDS;

const expiring = (day: Day): { customDuration: number } => ({ customDuration: lifetime(day) });

export const countOf = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Count => ({
  used: consumedPoints,
  secondsLeft: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
});

/** It never refuses: the buckets have different limits, which change. */
const COUNTS_ONLY = { points: Number.MAX_SAFE_INTEGER, duration: MINUTE_SECONDS };

const memory = (keyPrefix: string): RateLimiterMemory => new RateLimiterMemory({ ...COUNTS_ONLY, keyPrefix });

const shared = ({ client }: RedisLink, local: RateLimiterMemory): Counter =>
  client
    ? new RateLimiterRedis({
        ...COUNTS_ONLY,
        keyPrefix: `limit:${local.keyPrefix}`,
        storeClient: client,
        rejectIfRedisNotReady: true,
        insuranceLimiter: local,
      })
    : local;
