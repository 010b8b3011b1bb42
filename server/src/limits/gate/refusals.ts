import { AppError } from '../../platform/index.js';
import type { Bucket, LimitName } from '../rules/rule.js';
import type { Day } from './day.js';

/** @param seconds after which to come back */
export const tooManyCalls = (bucket: Bucket, name: LimitName, seconds: number, cause?: unknown): AppError =>
  new AppError('too_many_calls', { details: { seconds, rule: ruleText(bucket, name) }, cause });

export const quotaExhausted = (bucket: Bucket, day: Day): AppError =>
  new AppError('quota_exhausted', {
    details: {
      quota: bucket.dailyQuota,
      renews: day.end.toISOString().replace(':00.000Z', 'Z'),
      seconds: day.secondsLeft,
      rule: ruleText(bucket, 'dailyQuota'),
    },
  });

/** For the record, which names the rule that refused a call. */
function ruleText({ name: bucket, settings }: Bucket, name: LimitName): string {
  const { value, from } = settings[name];
  const source = typeof from === 'string' ? from : `rule ${from.id}`;
  return `limit ${name} ${value} of ${bucket} (${source})`.slice(0, 500);
}
