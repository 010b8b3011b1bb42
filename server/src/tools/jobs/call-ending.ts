import type { JobEnding, JobFailure } from '../../jobs/index.js';
import { toAppError, type AppError } from '../../platform/index.js';
import { isEffectUnknown } from '../path/outcome.js';
import type { CallAnswer } from '../tool-invoker.js';

/** What a job says of a call that was answered. Pure. */
export function endingOf({ timing: _, ...kept }: CallAnswer): JobEnding {
  const { result } = kept;
  return result.isError === true
    ? { status: 'failed', failure: { code: 'tool_reported_failure' }, result: kept }
    : { status: 'succeeded', result: kept };
}

/** What it says of one that was not: after a lost answer nobody knows what the service did. Pure. */
export function endingAfter(thrown: unknown): JobEnding {
  const error = toAppError(thrown);
  if (error.code === 'call_cancelled') return { status: 'cancelled' };
  return { status: isEffectUnknown(error.code) ? 'unknown' : 'failed', failure: failureOf(error) };
}

export const failureOf = ({ code, details, fields }: AppError): JobFailure => ({
  code,
  details,
  ...(fields && { fields }),
});
