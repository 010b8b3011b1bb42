import { AppError } from '../../platform/index.js';
import { GuardedWorker } from './guarded-worker.js';
import type { CheckJob, CheckVerdict } from './schema-worker.js';

const WORKERS = 2;
const DEADLINE_MS = 250;
/** More waiting checks than this would wait longer than their callers. */
const MAX_WAITING = 200;

/** Hands checks to a few guarded threads, first come first served. */
export class CheckPool {
  private readonly all = Array.from({ length: WORKERS }, () => new GuardedWorker(DEADLINE_MS));
  private readonly idle = [...this.all];
  private readonly waiting: ((worker: GuardedWorker) => void)[] = [];

  /**
   * @throws {CheckAborted} this check took too long or broke its thread
   * @throws {ThreadMissing} there is none to check with
   * @throws {AppError} `queue_full`
   */
  async run(job: CheckJob): Promise<CheckVerdict> {
    const worker = this.idle.pop() ?? (await this.nextFree());
    try {
      return await worker.run(job);
    } finally {
      this.release(worker);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.stop()));
  }

  private nextFree(): Promise<GuardedWorker> {
    if (this.waiting.length >= MAX_WAITING) throw new AppError('queue_full', { details: { seconds: 5 } });
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(worker: GuardedWorker): void {
    const next = this.waiting.shift();
    if (next) next(worker);
    else this.idle.push(worker);
  }
}
