import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { JobProgress } from '@gatehouse/contracts';
import type { CredentialStanding } from '../auth/index.js';
import { toAppError, type Clock } from '../platform/index.js';
import { HEARTBEAT_MS, end, interrupt, renew, type JobEnding, type JobMove } from './job.js';
import type { JobRow } from './job.entity.js';
import type { JobHandlers } from './job-handler.js';
import type { JobStore } from './job-store.js';

/** How often progress is passed on, ms. */
const PROGRESS_EVERY_MS = 1_000;
const LONGEST_MESSAGE = 500;
/** How large a result may be to be kept, characters of JSON. */
const MOST_RESULT_CHARACTERS = 1024 * 1024;
/** How often the end is written before it is left to whoever finds the job abandoned. */
const END_ATTEMPTS = 5;
const END_PAUSE_MS = 1_000;

const REFUSED: JobEnding = { status: 'failed', failure: { code: 'job_owner_refused' } };

interface Surroundings {
  readonly store: JobStore;
  readonly handlers: JobHandlers;
  readonly standing: CredentialStanding;
  readonly clock: Clock;
  /** Called after each move that was made. */
  readonly onMoved: (row: JobRow) => void;
}

/** Why a job's work is told to stop. */
type StopReason = 'cancelled' | 'lost' | 'refused' | 'shutdown';

/**
 * One job that this process claimed, until its end is written.
 *
 * It lives by its lease: each heartbeat renews it, and when that fails the work is stopped, because somebody else may
 * have the job. Everything it writes carries the fence of its own claim.
 */
export class RunningJob {
  private readonly logger = new Logger('RunningJob');
  private readonly stopping = new AbortController();
  private reason: StopReason | undefined;
  private latest: JobProgress | undefined;
  private progressTimer: NodeJS.Timeout | undefined;
  private readonly heartbeat: NodeJS.Timeout;
  /** Settles when nothing of it goes on here any more; never fails. */
  readonly done: Promise<void>;

  constructor(
    private row: JobRow,
    private readonly around: Surroundings,
  ) {
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS);
    this.done = this.run();
  }

  get ownerId(): string {
    return this.row.ownerId;
  }

  stop(reason: StopReason): void {
    this.reason ??= reason;
    this.stopping.abort();
  }

  /** Renews the lease, and hears whether the job must stop: by somebody's wish, or because its owner may not act any more. */
  async beat(): Promise<void> {
    try {
      const now = this.around.clock.now();
      const move = renew(this.row, now);
      if (!move) return;
      if (!(await this.move(move))) return this.stop('lost');
      if ((await this.around.store.find(this.row.id))?.cancelRequested) this.stop('cancelled');
      if (!(await this.around.standing.mayGoOn(this.row.principal))) this.stop('refused');
    } catch (err) {
      this.logger.warn({ err, msg: 'could not renew a lease', jobId: this.row.id });
      if ((this.row.leaseUntil ?? 0) <= this.around.clock.now()) this.stop('lost');
    }
  }

  private async run(): Promise<void> {
    this.around.onMoved(this.row);
    try {
      await this.settle(await this.work());
    } catch (err) {
      this.logger.error({ err, msg: 'could not end a job', jobId: this.row.id });
    } finally {
      clearInterval(this.heartbeat);
      clearTimeout(this.progressTimer);
    }
  }

  private async work(): Promise<JobEnding> {
    const { id, kind, principal: kept, payload } = this.row;
    try {
      const handler = this.around.handlers.find(kind);
      if (!handler) return { status: 'failed', failure: { code: 'job_kind_unknown' } };
      const principal = await this.around.standing.renew(kept);
      if (!principal) return REFUSED;
      const { signal } = this.stopping;
      return await handler.run({ jobId: id, principal, payload, signal, report: (progress) => this.report(progress) });
    } catch (error) {
      return failedWith(error);
    }
  }

  private async settle(ending: JobEnding): Promise<void> {
    const move = this.finalMove(ending);
    if (!move || this.reason === 'lost') return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Nobody to write for when it moved: the job is somebody else's by now.
        if (!(await this.move(move))) this.logger.warn({ msg: 'ended after it was taken over', jobId: this.row.id });
        return;
      } catch (error) {
        if (attempt === END_ATTEMPTS) throw error;
        await pause(END_PAUSE_MS);
      }
    }
  }

  private finalMove(ending: JobEnding): (JobMove & Partial<JobRow>) | undefined {
    const now = this.around.clock.now();
    // Work that was broken off by us and not by its owner may have been done or not.
    if (this.reason === 'shutdown' && ending.status !== 'succeeded') return interrupt(this.row, now);
    const kept = withinBounds(this.reason === 'refused' && ending.status === 'cancelled' ? REFUSED : ending);
    const move = end(this.row, kept, now);
    return move && { ...move, ...(kept.result !== undefined && { result: kept.result }), ...this.lastProgress() };
  }

  private report({ progress, total, message }: JobProgress): void {
    this.latest = {
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message: message.slice(0, LONGEST_MESSAGE) }),
    };
    this.progressTimer ??= setTimeout(() => void this.passOn(), PROGRESS_EVERY_MS);
  }

  private async passOn(): Promise<void> {
    this.progressTimer = undefined;
    try {
      await this.move(this.lastProgress());
    } catch (err) {
      this.logger.warn({ err, msg: 'could not note progress', jobId: this.row.id });
    }
  }

  private lastProgress(): Partial<JobRow> {
    return this.latest ? { progress: this.latest } : {};
  }

  private async move(move: JobMove & Partial<JobRow>): Promise<boolean> {
    const moved = await this.around.store.move(this.row, move);
    if (!moved) return false;
    // Another move of ours may have been made meanwhile: only what this one changed is new.
    Object.assign(this.row, move);
    this.around.onMoved(moved);
    return true;
  }
}

function failedWith(thrown: unknown): JobEnding {
  const { code, details, fields } = toAppError(thrown);
  return { status: 'failed', failure: { code, details, ...(fields && { fields }) } };
}

/** A result that is too large is left out, which is said; the work was done all the same. */
function withinBounds(ending: JobEnding): JobEnding {
  if (ending.result === undefined) return ending;
  if (JSON.stringify(ending.result).length <= MOST_RESULT_CHARACTERS) return ending;
  const { result: _, ...rest } = ending;
  return { ...rest, failure: { code: 'result_not_kept', details: { limit: '1 MiB' } } };
}
