import { Injectable } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import { LimitBook } from '../rules/limit-book.js';
import type { Bucket } from '../rules/rule.js';
import { CallCounters } from './call-counters.js';
import type { Day } from './day.js';
import { quotaExhausted, tooManyCalls } from './refusals.js';
import { standingOf, tighter, type Standing } from './standing.js';
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
    const seen = onStanding && new Seen();
    const day = this.counters.today();
    const spent: Bucket[] = [];
    try {
      await this.countMinute(buckets, seen);
      await this.countDay(buckets, day, spent, seen);
      const leaves = await this.takePlaces(buckets, arrival);
      return this.passOf(buckets, leaves, () => this.giveBack(spent, day));
    } catch (error) {
      this.giveBack(spent, day);
      throw error;
    } finally {
      if (seen?.nearest) onStanding?.(seen.nearest);
    }
  }

  private async countMinute(buckets: readonly Bucket[], seen: Seen | undefined): Promise<void> {
    for (const bucket of buckets) {
      if (bucket.ratePerMinute === Infinity) continue;
      const count = await this.counters.countMinute(bucket.name);
      seen?.note(standingOf(bucket, 'minute', count));
      if (count.used > bucket.ratePerMinute) throw tooManyCalls(bucket, 'ratePerMinute', count.secondsLeft);
    }
  }

  private async countDay(buckets: readonly Bucket[], day: Day, spent: Bucket[], seen: Seen | undefined): Promise<void> {
    for (const bucket of buckets) {
      if (bucket.dailyQuota === Infinity) continue;
      spent.push(bucket);
      const count = await this.counters.countDay(bucket.name, day);
      seen?.note(standingOf(bucket, 'day', count));
      if (count.used > bucket.dailyQuota) throw quotaExhausted(bucket, day);
    }
  }

  /** Not worth waiting for, and not worth failing for: what is not given back is gone with the day. */
  private giveBack(spent: Bucket[], day: Day): void {
    for (const { name } of spent.splice(0)) this.counters.giveBack(name, day).catch(() => undefined);
  }

  private async takePlaces(buckets: readonly Bucket[], arrival: Arrival): Promise<(() => void)[]> {
    const leaves: (() => void)[] = [];
    try {
      arrival.signal?.throwIfAborted();
      for (const bucket of buckets) {
        if (bucket.seats === Infinity) continue;
        leaves.push(this.places.tryEnter(bucket.name, bucket) ?? (await this.wait(bucket, arrival)));
      }
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

  private passOf(buckets: readonly Bucket[], leaves: (() => void)[], undo: () => void): Pass {
    return {
      leave: () => all(leaves),
      reenter: () => {
        const again = buckets
          .filter(({ seats }) => seats !== Infinity)
          .map((bucket) => this.places.reenter(bucket.name, bucket));
        return () => all(again);
      },
      undo,
    };
  }
}

/** The last taken is given back first: whoever waits for a service has their own share already. */
function all(leaves: (() => void)[]): void {
  for (let at = leaves.length - 1; at >= 0; at -= 1) leaves[at]?.();
}

/** The nearest limit of all that were looked at. */
class Seen {
  nearest: Standing | undefined;

  note(standing: Standing): void {
    this.nearest = tighter(this.nearest, standing);
  }
}
