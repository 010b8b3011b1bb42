import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/index.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';
import { JobStore } from './job-store.js';

const EVERY_MS = 15 * 60_000;

/** Forgets jobs and answers whose time is over. */
@Injectable()
export class JobSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('JobSweep');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobStore,
    private readonly answers: IdempotencyStore,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The next time will do: nothing depends on it. */
  private async sweepQuietly(): Promise<void> {
    try {
      await this.jobs.sweep(this.clock.now());
      await this.answers.sweep(this.clock.now());
    } catch (err) {
      this.logger.warn({ err, msg: 'could not forget what is over' });
    }
  }
}
