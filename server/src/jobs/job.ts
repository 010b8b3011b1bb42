import type { ErrorCode, JobStatus } from '@gatehouse/contracts';

/** How long a claim lasts unless it is renewed, ms. */
export const LEASE_MS = 30_000;
/** How often whoever runs a job says that it is still at it, ms. */
export const HEARTBEAT_MS = 10_000;
/** How often a job is begun at most, the first time included. */
export const MAX_ATTEMPTS = 3;
/** How long a job is kept after its end, ms. */
export const KEPT_MS = 24 * 60 * 60_000;

/** Why a job did not succeed, with what fills the texts of the code. */
export interface JobFailure {
  readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly fields?: readonly { path: string; message: string }[];
}

/** What moves of a job. `fence` grows whenever the job changes hands: whoever writes with an old one writes nothing. */
export interface JobState {
  readonly status: JobStatus;
  readonly fence: number;
  readonly attempts: number;
  /** Doing it twice does no harm: an administrator says so. */
  readonly idempotent: boolean;
  readonly cancelRequested: boolean;
  readonly leaseOwner: string | null;
  readonly leaseUntil: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly failure: JobFailure | null;
}

/** What a move changes. */
export type JobMove = Partial<JobState>;

/** How the work of a job came out. One that did not succeed may have a result, too, and one that did lack its. */
export interface JobEnding {
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  readonly failure?: JobFailure;
  readonly result?: unknown;
}

const OVER: ReadonlySet<JobStatus> = new Set(['succeeded', 'failed', 'cancelled', 'unknown']);

export const isOver = ({ status }: Pick<JobState, 'status'>): boolean => OVER.has(status);

/** The moves below are pure; undefined means that there is none from here. */

export function claim(job: JobState, node: string, now: Date): JobMove | undefined {
  if (job.status !== 'queued') return undefined;
  return {
    status: 'running',
    fence: job.fence + 1,
    attempts: job.attempts + 1,
    leaseOwner: node,
    leaseUntil: later(now, LEASE_MS),
    startedAt: job.startedAt ?? now,
  };
}

export function renew(job: JobState, now: Date): JobMove | undefined {
  return job.status === 'running' ? { leaseUntil: later(now, LEASE_MS) } : undefined;
}

export function end(job: JobState, ending: JobEnding, now: Date): JobMove | undefined {
  if (job.status !== 'running') return undefined;
  return over(ending.status, ending.failure ?? null, now);
}

/** A job that waits ends at once; of one that runs only the wish is noted, because its work may be done already. */
export function cancel(job: JobState, now: Date): JobMove | undefined {
  if (job.status === 'queued') return { ...over('cancelled', null, now), fence: job.fence + 1 };
  return job.status === 'running' && !job.cancelRequested ? { cancelRequested: true } : undefined;
}

/**
 * What becomes of a job whose runner is gone. Its work may have been done, so it is begun again only when that does no
 * harm and nobody wanted it stopped.
 */
export function interrupt(job: JobState, now: Date): JobMove | undefined {
  if (job.status !== 'running') return undefined;
  const fence = job.fence + 1;
  if (job.idempotent && !job.cancelRequested && job.attempts < MAX_ATTEMPTS)
    return { status: 'queued', fence, leaseOwner: null, leaseUntil: null };
  return { ...over('unknown', { code: 'job_interrupted' }, now), fence };
}

/** @param node the only one there is, when the database cannot be shared: whatever another one ran is lost at once */
export function isAbandoned(job: JobState, now: Date, node?: string): boolean {
  if (job.status !== 'running') return false;
  return (node !== undefined && job.leaseOwner !== node) || job.leaseUntil === null || job.leaseUntil <= now;
}

const over = (status: JobStatus, failure: JobFailure | null, now: Date): JobMove => ({
  status,
  failure,
  leaseOwner: null,
  leaseUntil: null,
  finishedAt: now,
  expiresAt: later(now, KEPT_MS),
});

const later = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
