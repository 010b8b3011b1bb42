import { Injectable } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import { LimitBook } from '../rules/limit-book.js';
import type { Bucket } from '../rules/rule.js';
import { CallCounters, countOf } from './call-counters.js';
import type { Day } from './day.js';
import { quotaExhausted, tooManyCalls } from './refusals.js';
import { Nearest, standingOf, type Standing } from './standing.js';
import { TurnedAway, Turnstile } from './turnstile.js';

/** How long a call waits in one line. */
const WAIT_MS = 10_000;
/** When to come back after the line was full or too slow, s. */
const COME_BACK_SECONDS = 5;

/** A call, as far as limits are concerned. */
export interface Arrival {
  readonly principal: Principal;
  readonly serviceId: string;
  /** Undefined for what is no tool. */
  readonly tool: string | undefined;
  /** Aborted when the caller goes away. */
  readonly signal?: AbortSignal | undefined;
  /** Is told, once and also when the call is refused, how near the caller is to the nearest limit; not where none applies. */
  readonly onStanding?: ((standing: Standing) => void) | undefined;
}

/** What a call that was let in holds. */
export interface Pass {
  /** Gives its places back; exactly once. */
  readonly leave: () => void;
  /** Takes them again, also where all are taken. @returns how to give those back */
  readonly reenter: () => () => void;
  /** It came to nothing before anything was done: it does not count for the day. */
  readonly undo: () => void;
}

/**
 * Lets calls in by the limits in force: first how often, then how many of the day, then how many at once, and there in a
 * bounded line in which people take turns.
 *
 * Of the places, a call takes its key's first and its service's last: nobody holds a place at a service while they wait
 * for their own share.
 */
@Injectable()
export class LimitGate {
  readonly places = new Turnstile({ seats: Infinity, queue: 0, waitMs: WAIT_MS });

  constructor(
    private readonly book: LimitBook,
    private readonly counters: CallCounters,
  ) {}

  /**
   * @throws {AppError} `too_many_calls` and `quota_exhausted`, with the seconds after which to come back; `call_cancelled`
   */
  async enter(arrival: Arrival): Promise<Pass> {
    const { principal, serviceId, tool, onStanding } = arrival;
    const buckets = this.book.bucketsOf(principal, serviceId, tool);
    const seen = onStanding && new Nearest();
    const spent: Spent = { buckets: [], day: undefined };
    try {
      for (const bucket of buckets) if (bucket.ratePerMinute !== Infinity) await this.countMinute(bucket, seen);
      for (const bucket of buckets) if (bucket.dailyQuota !== Infinity) await this.countDay(bucket, spent, seen);
      // Most calls find their places free and must not pay for those that wait.
      const taken = this.takePlaces(buckets, arrival);
      return this.passOf(buckets, taken instanceof Promise ? await taken : taken, spent);
    } catch (error) {
      this.giveBack(spent);
      throw error;
    } finally {
      if (seen?.standing) onStanding?.(seen.standing);
    }
  }

  /** How near somebody is to the nearest limit of a call that is not made yet; counts nothing. Undefined where none applies. */
  async standingOf({ principal, serviceId, tool }: Arrival): Promise<Standing | undefined> {
    const seen = new Nearest();
    for (const bucket of this.book.bucketsOf(principal, serviceId, tool)) {
      const { name, ratePerMinute, dailyQuota } = bucket;
      if (ratePerMinute !== Infinity) seen.note(standingOf(bucket, 'minute', await this.counters.minuteOf(name)));
      if (dailyQuota !== Infinity) seen.note(standingOf(bucket, 'day', await this.counters.dayOf(name)));
    }
    return seen.standing;
  }

  /** How many calls of somebody may run at once, whatever they call. */
  seatsOf(principal: Arrival['principal']): number {
    return Math.min(...this.book.callerBucketsOf(principal).map(({ seats }) => seats));
  }

  private async countMinute(bucket: Bucket, seen: Nearest | undefined): Promise<void> {
    const kept = await this.counters.countMinute(bucket.name);
    seen?.note(standingOf(bucket, 'minute', countOf(kept)));
    if (kept.consumedPoints > bucket.ratePerMinute)
      throw tooManyCalls(bucket, 'ratePerMinute', countOf(kept).secondsLeft);
  }

  private async countDay(bucket: Bucket, spent: Spent, seen: Nearest | undefined): Promise<void> {
    const day = (spent.day ??= this.counters.today());
    spent.buckets.push(bucket);
    const count = await this.counters.countDay(bucket.name, day);
    seen?.note(standingOf(bucket, 'day', count));
    if (count.used > bucket.dailyQuota) throw quotaExhausted(bucket, day);
  }

  /** Not worth waiting for, and not worth failing for: what is not given back is gone with the day. */
  private giveBack({ buckets, day }: Spent): void {
    if (!day) return;
    for (const { name } of buckets.splice(0)) this.counters.giveBack(name, day).catch(() => undefined);
  }

  /** @returns how to leave, at once where all places are free */
  private takePlaces(buckets: readonly Bucket[], arrival: Arrival): (() => void)[] | Promise<(() => void)[]> {
    if (arrival.signal?.aborted) throw new AppError('call_cancelled');
    const leaves: (() => void)[] = [];
    for (let at = 0; at < buckets.length; at += 1) {
      const bucket = buckets[at];
      if (!bucket || bucket.seats === Infinity) continue;
      const leave = this.places.tryEnter(bucket.name, bucket);
      if (!leave) return this.waitFor(buckets.slice(at), leaves, arrival);
      leaves.push(leave);
    }
    return leaves;
  }

  private async waitFor(buckets: readonly Bucket[], leaves: (() => void)[], arrival: Arrival): Promise<(() => void)[]> {
    try {
      for (const bucket of buckets) if (bucket.seats !== Infinity) leaves.push(await this.wait(bucket, arrival));
      return leaves;
    } catch (error) {
      all(leaves);
      throw arrival.signal?.aborted ? new AppError('call_cancelled', { cause: error }) : error;
    }
  }

  /** At a service people take turns; within one person's share, the keys and sessions that they use. */
  private async wait(bucket: Bucket, { principal, signal }: Arrival): Promise<() => void> {
    const lane = bucket.kind === 'user' || bucket.kind === 'key' ? principal.credential.id : principal.userId;
    try {
      return await this.places.enter(bucket.name, signal, lane, bucket);
    } catch (error) {
      if (!(error instanceof TurnedAway)) throw error;
      throw tooManyCalls(bucket, error.reason === 'queue-full' ? 'queue' : 'concurrency', COME_BACK_SECONDS, error);
    }
  }

  private passOf(buckets: readonly Bucket[], leaves: (() => void)[], spent: Spent): Pass {
    return {
      leave: () => all(leaves),
      reenter: () => {
        const again = buckets
          .filter(({ seats }) => seats !== Infinity)
          .map((bucket) => this.places.reenter(bucket.name, bucket));
        return () => all(again);
      },
      undo: () => this.giveBack(spent),
    };
  }
}

/** What was counted for the day, and on which one. */
interface Spent {
  readonly buckets: Bucket[];
  day: Day | undefined;
}

/** The last taken is given back first: whoever waits for a service has their own share already. */
function all(leaves: (() => void)[]): void {
  for (let at = leaves.length - 1; at >= 0; at -= 1) leaves[at]?.();
}
