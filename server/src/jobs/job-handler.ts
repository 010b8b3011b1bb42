import { Injectable } from '@nestjs/common';
import type { JobProgress } from '@gatehouse/contracts';
import type { Principal } from '../auth/index.js';
import type { JobEnding } from './job.js';

/** A job under way, as whoever does the work sees it. */
export interface JobWork {
  readonly jobId: string;
  /** Whoever started it, with the rights that they have now. */
  readonly principal: Principal;
  /** As it was handed in: plain JSON. */
  readonly payload: unknown;
  /** Aborted when the job is cancelled, or is not this process's any more. */
  readonly signal: AbortSignal;
  /** May be called as often as one likes. */
  readonly report: (progress: JobProgress) => void;
}

/** Does the work of one kind of job. */
export interface JobHandler {
  readonly kind: string;
  /** Whether doing it once more does no harm, as an administrator sees it now. */
  mayRepeat(payload: unknown): boolean;
  /** What it throws ends the job as failed. */
  run(work: JobWork): Promise<JobEnding>;
}

/** Every kind of job that this process can do; modules register theirs before the process serves. */
@Injectable()
export class JobHandlers {
  private readonly byKind = new Map<string, JobHandler>();

  register(handler: JobHandler): void {
    if (this.byKind.has(handler.kind)) throw new Error(`Two handlers for jobs of the kind ${handler.kind}.`);
    this.byKind.set(handler.kind, handler);
  }

  find(kind: string): JobHandler | undefined {
    return this.byKind.get(kind);
  }
}
