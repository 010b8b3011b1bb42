import { Logger } from '@nestjs/common';
import { AppError, type Clock } from '../../platform/index.js';
import type { ChainHead } from '../chain/chain-format.js';
import type { RecordWrite, RecordWriter } from './record-writer.js';

/** Most writes that may wait; beyond it callers are refused instead of memory filled. */
const MAX_WAITING = 2_000;
/** Most writes of one transaction. */
const MAX_BATCH = 256;
/** Most weight of one transaction; a database server takes no statement of unlimited size (MariaDB: 16 MiB). */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
/** Of a write without its bodies. */
const FIXED_BYTES = 1024;
/** UTF-8 has no more bytes than this for one UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** How often it is looked who has waited too long, ms; one timer for all, because there are two writes to a call. */
const TICK_MS = 200;
/** After a failed write, when it is worth letting calls try again, ms. */
const RECOVERY_MS = 5_000;

interface Waiting {
  write: RecordWrite;
  /** Tick in which its caller gives up. */
  until: number;
  state: 'waits' | 'given up' | 'settled';
  done: () => void;
  failed: (error: unknown) => void;
  whenLate: (() => void) | undefined;
}

/**
 * Natural group commit of this node's record: an idle writer commits at the end of the event loop's turn, with all that came
 * in it; whatever arrives during a commit shares the next one.
 */
export class RecordQueue {
  /** How long a caller waits for its write to be durable, ms. */
  protected readonly patienceMs: number = 2_000;
  private readonly logger = new Logger('RecordQueue');
  private waiting: Waiting[] = [];
  /** What is being committed, older than everything that waits. */
  private batch: Waiting[] = [];
  private running: Promise<void> | undefined;
  private ticker: NodeJS.Timeout | undefined;
  private tick = 0;
  private durableHead: ChainHead | undefined;
  private lastFailureAt: Date | undefined;

  constructor(
    private readonly writer: RecordWriter,
    private readonly clock: Clock,
  ) {}

  /** Where the chain stood after the newest durable write; undefined before the first. */
  get head(): ChainHead | undefined {
    return this.durableHead;
  }

  /**
   * Resolves once `write` is durable.
   *
   * @param whenLate called when it became durable only after its caller had been told that it did not
   * @throws {AppError} `audit_unavailable`: too many wait already, it took too long, or the commit failed
   */
  add(write: RecordWrite, whenLate?: () => void): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(this.failure());
    this.ticker ??= setInterval(() => this.onTick(), TICK_MS).unref();
    return new Promise((done, failed) => {
      const until = this.tick + 1 + Math.ceil(this.patienceMs / TICK_MS);
      const each: Waiting = { write, until, state: 'waits', done, failed, whenLate };
      this.waiting.push(each);
      this.running ??= this.drain();
    });
  }

  /**
   * Whether records could be written lately; readiness depends on it. A few seconds after a failure it is worth another
   * try: without traffic nobody would ever find out that the database is back.
   */
  isHealthy(): boolean {
    return !this.lastFailureAt || this.clock.now().getTime() - this.lastFailureAt.getTime() >= RECOVERY_MS;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Writes what waits, and lets go of the database. */
  async close(): Promise<void> {
    await this.idle();
    clearInterval(this.ticker);
    this.ticker = undefined;
    await this.writer.close();
  }

  /** Whoever waited goes on only after the next batch is on its way: the writer works meanwhile. */
  private async drain(): Promise<void> {
    await endOfTurn();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.nextBatchLength());
      this.batch = batch;
      try {
        this.durableHead = await this.writer.commit(batch.map((each) => each.write));
        this.lastFailureAt = undefined;
        for (const each of batch) this.succeed(each);
      } catch (cause) {
        const error = this.failure(cause);
        for (const each of batch) this.fail(each, error);
      }
      if (this.waiting.length === 0) await endOfTurn();
    }
    this.batch = [];
    this.running = undefined;
  }

  private nextBatchLength(): number {
    let bytes = 0;
    const most = Math.min(this.waiting.length, MAX_BATCH);
    for (let at = 0; at < most; at += 1) {
      bytes += bytesOf(this.waiting[at]);
      if (bytes > MAX_BATCH_BYTES) return Math.max(1, at);
    }
    return most;
  }

  private succeed(each: Waiting): void {
    if (each.state === 'given up') each.whenLate?.();
    else each.done();
    each.state = 'settled';
  }

  private fail(each: Waiting, error: unknown): void {
    if (each.state === 'waits') each.failed(error);
    each.state = 'settled';
  }

  /** Everybody waits equally long, so that only the oldest need a look. Stops itself when there is nobody. */
  private onTick(): void {
    this.tick += 1;
    for (const line of [this.batch, this.waiting]) {
      const late = line.findIndex((each) => each.until > this.tick);
      for (const each of late < 0 ? line : line.slice(0, late)) this.giveUp(each);
    }
    if (this.running) return;
    clearInterval(this.ticker);
    this.ticker = undefined;
  }

  private giveUp(each: Waiting): void {
    if (each.state !== 'waits') return;
    each.state = 'given up';
    each.failed(this.failure(new Error('The record was not durable in time.')));
  }

  private failure(cause?: unknown): AppError {
    this.lastFailureAt = this.clock.now();
    this.logger.error({ err: cause, msg: 'A call could not be recorded' });
    return new AppError('audit_unavailable', cause === undefined ? {} : { cause });
  }
}

/** When all that is ready by now has been looked at. */
const endOfTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** What a write adds to its statement, at most. */
function bytesOf(waiting: Waiting | undefined): number {
  let units = 0;
  for (const value of waiting?.write.values ?? []) if (typeof value === 'string') units += value.length;
  return FIXED_BYTES + units * BYTES_PER_UNIT;
}
