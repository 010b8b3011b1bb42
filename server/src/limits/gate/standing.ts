import type { Bucket } from '../rules/rule.js';
import type { Count } from './call-counters.js';
import { MINUTE_SECONDS } from './call-counters.js';
import { DAY_SECONDS } from './day.js';

/** How near somebody is to the limit that they will meet first. */
export interface Standing {
  /** Which limit: the kind of bucket and the window. */
  readonly policy: string;
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  /** Until `remaining` is `limit` again. */
  readonly secondsLeft: number;
}

export function standingOf(bucket: Bucket, window: 'minute' | 'day', { used, secondsLeft }: Count): Standing {
  const limit = window === 'minute' ? bucket.ratePerMinute : bucket.dailyQuota;
  return {
    policy: `${bucket.kind}-${window}`,
    limit,
    remaining: Math.max(0, limit - used),
    windowSeconds: window === 'minute' ? MINUTE_SECONDS : DAY_SECONDS,
    secondsLeft,
  };
}

/** Whichever has less left of what it allows. */
const tighter = (a: Standing | undefined, b: Standing): Standing =>
  a === undefined || b.remaining / b.limit < a.remaining / a.limit ? b : a;

/** The nearest limit of all that were looked at. */
export class Nearest {
  standing: Standing | undefined;

  readonly note = (standing: Standing): void => {
    this.standing = tighter(this.standing, standing);
  };
}

/**
 * The fields `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-11: one policy, with its quota `q`
 * and window `w`, and what remains `r` until the reset `t`, all in calls and seconds.
 */
export const rateLimitFields = ({ policy, limit, remaining, windowSeconds, secondsLeft }: Standing) => ({
  'RateLimit-Policy': `"${policy}";q=${limit};w=${windowSeconds}`,
  RateLimit: `"${policy}";r=${remaining};t=${secondsLeft}`,
});
