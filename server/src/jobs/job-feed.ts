import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isRevoked, type Principal } from '../auth/index.js';
import {
  AppError,
  EventBus,
  Lifecycle,
  RequestContext,
  type Context,
  type EventOutlet,
  type Unsubscribe,
} from '../platform/index.js';
import type { Job } from './job.dto.js';
import { isOver } from './job.js';
import type { JobRow } from './job.entity.js';
import { jobOf } from './job-presenter.js';
import { JobStore } from './job-store.js';

/** What `GET /api/jobs/{id}/events` sends: the job as it is now, and at each change; then the stream ends. */
export interface JobEvents {
  job: Job;
}

const KEEP_ALIVE_MS = 15_000;
const STREAMS_PER_USER = 20;
const TRY_AGAIN_SECONDS = 10;
/** Its reader comes back and signs in again, which is how an expired credential is found out, ms. */
const LONGEST_STREAM_MS = 15 * 60_000;

interface Reader {
  readonly principal: Principal;
  readonly jobId: string;
  readonly outlet: EventOutlet<JobEvents>;
  /** Of the request that opened the stream: its language is the reader's. */
  readonly context: Context;
}

/** Tells readers how single jobs go on. */
@Injectable()
export class JobFeed implements OnModuleDestroy {
  private readonly readers = new Set<Reader>();
  private readonly subscriptions: Unsubscribe[];

  constructor(
    private readonly store: JobStore,
    bus: EventBus,
    lifecycle: Lifecycle,
  ) {
    this.subscriptions = [
      bus.subscribe('job.changed', ({ jobId }) => this.tell(jobId)),
      bus.subscribe('credential.revoked', (revoked) => this.end(({ principal }) => isRevoked(revoked, principal))),
      bus.subscribe('user.changed', ({ userId, change }) =>
        this.end(({ principal }) => principal.userId === userId && change !== 'created'),
      ),
    ];
    lifecycle.whenDraining(() => this.end(() => true));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
    this.end(() => true);
  }

  /** @throws {AppError} `rate_limited` for somebody who has too many streams open */
  open(principal: Principal, job: JobRow, outlet: EventOutlet<JobEvents>): void {
    const own = [...this.readers].filter((reader) => reader.principal.userId === principal.userId);
    if (own.length >= STREAMS_PER_USER) throw new AppError('rate_limited', { details: { seconds: TRY_AGAIN_SECONDS } });
    const reader: Reader = { principal, jobId: job.id, outlet, context: RequestContext.current() };
    this.readers.add(reader);
    outlet.open();
    const timers = [
      setInterval(() => outlet.keepAlive(), KEEP_ALIVE_MS),
      setTimeout(() => outlet.end(), LONGEST_STREAM_MS),
    ];
    outlet.whenGone(() => {
      timers.forEach((timer) => clearTimeout(timer));
      this.readers.delete(reader);
    });
    // Read once more: it may have moved between the first look and now.
    void this.tell(job.id);
  }

  private async tell(jobId: string): Promise<void> {
    const readers = [...this.readers].filter((reader) => reader.jobId === jobId);
    if (readers.length === 0) return;
    const job = await this.store.find(jobId);
    for (const { outlet, context } of readers) {
      if (job)
        outlet.send(
          'job',
          RequestContext.run(context, () => jobOf(job)),
        );
      if (!job || isOver(job)) outlet.end();
    }
  }

  private end(which: (reader: Reader) => boolean): void {
    for (const reader of [...this.readers].filter(which)) reader.outlet.end();
  }
}
