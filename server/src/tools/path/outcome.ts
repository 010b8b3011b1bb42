import type { ErrorCode } from '@gatehouse/contracts';
import type { CallOutcome } from '../../audit/index.js';
import type { AppError } from '../../platform/index.js';
import type { CallPlan } from './call-plan.js';

/** How the work of a call ended: with an answer, or without one. */
export type Ending<T> = { answer: T; cached: boolean; upstreamMs: number } | { error: AppError };

/** After these nobody knows whether the service did what it was asked. */
const EFFECT_UNKNOWN: ReadonlySet<ErrorCode> = new Set(['upstream_timeout', 'upstream_lost']);

/** What the record says of a call that was sent. Pure. */
export function outcomeOf<T>(plan: CallPlan<T>, ending: Ending<T>, durationMs: number): CallOutcome {
  if ('error' in ending) return { status: statusOf(ending.error.code), errorCode: ending.error.code, durationMs };
  const { answer, cached } = ending;
  return { status: plan.isFailure?.(answer) ? 'error' : 'success', response: answer, durationMs, cached };
}

function statusOf(code: ErrorCode): CallOutcome['status'] {
  if (code === 'call_cancelled') return 'cancelled';
  return EFFECT_UNKNOWN.has(code) ? 'unknown' : 'error';
}
