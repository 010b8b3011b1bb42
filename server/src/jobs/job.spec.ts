import fc from 'fast-check';
import {
  LEASE_MS,
  MAX_ATTEMPTS,
  cancel,
  claim,
  end,
  interrupt,
  isAbandoned,
  isOver,
  renew,
  type JobState,
} from './job.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);

const waiting = (change: Partial<JobState> = {}): JobState => ({
  status: 'queued',
  fence: 0,
  attempts: 0,
  idempotent: false,
  cancelRequested: false,
  leaseOwner: null,
  leaseUntil: null,
  startedAt: null,
  finishedAt: null,
  expiresAt: null,
  failure: null,
  ...change,
});

const running = (change: Partial<JobState> = {}): JobState => ({
  ...waiting(),
  ...claim(waiting(), 'node', NOW),
  ...change,
});

describe('a job', () => {
  it('that waits is claimed with a fence of its own', () => {
    expect(claim(waiting({ fence: 4, attempts: 1 }), 'node', NOW)).toMatchObject({
      status: 'running',
      fence: 5,
      attempts: 2,
      leaseOwner: 'node',
      leaseUntil: at(LEASE_MS),
    });
  });

  it('whose runner is gone is unknown, and never begun again', () => {
    expect(interrupt(running(), NOW)).toMatchObject({ status: 'unknown', failure: { code: 'job_interrupted' } });
  });

  it('that may be done twice waits again, but not for ever and not against the wish of its owner', () => {
    expect(interrupt(running({ idempotent: true }), NOW)?.status).toBe('queued');
    expect(interrupt(running({ idempotent: true, attempts: MAX_ATTEMPTS }), NOW)?.status).toBe('unknown');
    expect(interrupt(running({ idempotent: true, cancelRequested: true }), NOW)?.status).toBe('unknown');
  });

  it('that waits is cancelled at once, and one that runs is only asked', () => {
    expect(cancel(waiting(), NOW)).toMatchObject({ status: 'cancelled', finishedAt: NOW });
    expect(cancel(running(), NOW)).toEqual({ cancelRequested: true });
    expect(cancel(running({ cancelRequested: true }), NOW)).toBeUndefined();
  });

  it('is abandoned when its lease ran out, or when its runner cannot be there any more', () => {
    expect(isAbandoned(running(), at(LEASE_MS - 1))).toBe(false);
    expect(isAbandoned(running(), at(LEASE_MS))).toBe(true);
    expect(isAbandoned(running(), NOW, 'node')).toBe(false);
    expect(isAbandoned(running(), NOW, 'another')).toBe(true);
    expect(isAbandoned(waiting(), at(LEASE_MS), 'another')).toBe(false);
  });
});

describe('whatever happens to a job', () => {
  const act = fc.constantFrom('claim', 'renew', 'succeed', 'fail', 'cancel', 'interrupt');
  const step = (job: JobState, name: string, now: Date) => {
    if (name === 'claim') return claim(job, 'node', now);
    if (name === 'renew') return renew(job, now);
    if (name === 'cancel') return cancel(job, now);
    if (name === 'interrupt') return interrupt(job, now);
    const failure = { code: 'internal' } as const;
    return end(job, name === 'succeed' ? { status: 'succeeded' } : { status: 'failed', failure }, now);
  };

  it('it changes hands only with a new fence, is begun three times at most, and stays over once it is', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.boolean(), (acts, idempotent) => {
        let job = waiting({ idempotent });
        let claims = 0;
        acts.forEach((name, index) => {
          const move = step(job, name, at(index * 1_000));
          if (isOver(job)) expect(move).toBeUndefined();
          if (!move) return;
          const next = { ...job, ...move };
          if (name === 'claim') claims += 1;
          if (next.leaseOwner !== job.leaseOwner && !isOver(next)) expect(next.fence).toBeGreaterThan(job.fence);
          expect(next.fence).toBeGreaterThanOrEqual(job.fence);
          expect(next.status === 'running').toBe(next.leaseUntil !== null);
          expect(isOver(next)).toBe(next.finishedAt !== null && next.expiresAt !== null);
          job = next;
        });
        expect(claims).toBeLessThanOrEqual(idempotent ? MAX_ATTEMPTS : 1);
      }),
    );
  });
});
