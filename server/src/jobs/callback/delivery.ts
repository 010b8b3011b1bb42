import type { ErrorCode } from '@gatehouse/contracts';

/** `waiting`: the job is not over yet. */
export const CALLBACK_STATES = ['waiting', 'pending', 'delivered', 'failed'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

/** Where the end of a job is told, as whoever started it wants. */
export interface Callback {
  readonly url: string;
  /** `whsec_` and base64; absent: deliveries are not signed. */
  readonly secret?: string;
}

/** One attempt to tell it. */
export interface Delivery {
  /** ISO 8601. */
  readonly at: string;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  readonly error?: ErrorCode;
}

/** Pauses after the first, second, … attempt that failed, ms; there is one attempt more than pauses. */
const PAUSES_MS = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 30 * 60_000];
const JITTER = 0.2;

/** What follows from an attempt. Pure. */
export type Verdict = { readonly state: 'delivered' | 'failed' } | { readonly state: 'pending'; readonly inMs: number };

/**
 * @param made all attempts so far, the last one included
 * @param random from 0 to 1, so that many that failed together do not come back together
 */
export function verdictOn(made: readonly Delivery[], random: number): Verdict {
  const last = made.at(-1);
  if (last?.status && last.status >= 200 && last.status < 300) return { state: 'delivered' };
  const pauseMs = PAUSES_MS[made.length - 1];
  if (pauseMs === undefined || (last && isFinal(last))) return { state: 'failed' };
  return { state: 'pending', inMs: Math.round(pauseMs * (1 - JITTER + 2 * JITTER * random)) };
}

/** 410 Gone is how a receiver says "never again"; what our own rules refuse they refuse the next time, too. */
const isFinal = ({ status, error }: Delivery): boolean => status === 410 || error === 'egress_refused';
