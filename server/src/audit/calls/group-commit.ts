import { AppError } from '../../platform/index.js';

/** Most writes that may wait; beyond it callers are refused instead of memory filled. */
const MAX_WAITING = 2_000;
/** Most writes of one transaction. */
const MAX_BATCH = 256;
/** Most weight of one transaction; a database server takes no statement of unlimited size (MariaDB: 16 MiB). */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

interface Waiting<T> {
  write: T;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Natural group commit: an idle writer commits at once; whatever arrives during a commit shares the next one.
 *
 * @param commit writes a batch in one transaction; resolves when it is durable
 * @param bytesOf roughly what a write weighs; one that is heavier than a whole batch goes alone
 */
export class GroupCommit<T> {
  private waiting: Waiting<T>[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly commit: (writes: readonly T[]) => Promise<void>,
    private readonly bytesOf: (write: T) => number = () => 0,
  ) {}

  /**
   * Resolves once `write` is durable.
   *
   * @throws {AppError} `audit_unavailable` when too many wait already, or the commit failed
   */
  add(write: T): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new AppError('audit_unavailable'));
    return new Promise((done, failed) => {
      this.waiting.push({ write, done, failed });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private nextBatchLength(): number {
    let bytes = 0;
    const tooMuch = this.waiting
      .slice(0, MAX_BATCH)
      .findIndex(({ write }) => (bytes += this.bytesOf(write)) > MAX_BATCH_BYTES);
    return tooMuch < 0 ? MAX_BATCH : Math.max(1, tooMuch);
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.nextBatchLength());
      try {
        await this.commit(batch.map((each) => each.write));
        for (const each of batch) each.done();
      } catch (cause) {
        for (const each of batch) each.failed(new AppError('audit_unavailable', { cause }));
      }
    }
    this.running = undefined;
  }
}
