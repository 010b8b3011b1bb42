import type { ErrorCode } from '@gatehouse/contracts';
import type { CallOutcome } from '../../audit/index.js';
import type { InputRequired } from '../../clients/index.js';
import type { AppError } from '../../platform/index.js';
import type { AnswerSource } from '../cache/answer-source.js';
import type { CallPlan } from './call-plan.js';

/** How the work of a call ended: with an answer, with questions of the service, or without either. */
export type Ending<T> =
  ({ answer: T; upstreamMs: number } & AnswerSource) | { asks: InputRequired } | { error: AppError };

/** After these nobody knows whether the service did what it was asked. */
const EFFECT_UNKNOWN: ReadonlySet<ErrorCode> = new Set(['upstream_timeout', 'upstream_lost']);

/** Whether nobody knows, after this error, if the service did what it was asked. */
export const isEffectUnknown = (code: ErrorCode): boolean => EFFECT_UNKNOWN.has(code);

/** What the record says of a call that was sent. Pure. */
export function outcomeOf<T>(plan: CallPlan<T>, ending: Ending<T>, durationMs: number): CallOutcome {
  if ('error' in ending) return { status: statusOf(ending.error.code), errorCode: ending.error.code, durationMs };
  if ('asks' in ending) return { status: 'success', response: recordOf(ending.asks), durationMs };
  const { answer, cached } = ending;
  return { status: plan.isFailure?.(answer) ? 'error' : 'success', response: answer, durationMs, cached };
}

/** What was asked for, not in which words: a question may hold addresses and names that are nobody else's business. */
const recordOf = ({ inputRequests }: InputRequired): unknown => ({
  resultType: 'input_required',
  asks: Object.values(inputRequests).map(({ method }) => method),
});

function statusOf(code: ErrorCode): CallOutcome['status'] {
  if (code === 'call_cancelled') return 'cancelled';
  return isEffectUnknown(code) ? 'unknown' : 'error';
}
