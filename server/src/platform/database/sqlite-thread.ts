import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BatchReply, SqlRun } from './sqlite-thread-program.js';

export type { SqlRun } from './sqlite-thread-program.js';

/** Built code runs as .js; tests run the sources. */
const PROGRAM = new URL(`./sqlite-thread-program${extname(import.meta.url)}`, import.meta.url);

/**
 * A thread with its own connection to the embedded database. It writes one batch after the other, each in one transaction
 * that is durable (`synchronous = FULL`) when its promise resolves, while the event loop goes on.
 *
 * Started with its first batch; one that died is replaced with the next.
 */
export class SqliteThread {
  private worker: Worker | undefined;

  /** @param file of a database whose schema is up to date */
  constructor(private readonly file: string) {}

  /**
   * Must not be called again before the promise settled.
   *
   * @throws {Error} the database refused, or the thread died: then it is not known whether the batch was written
   */
  async commit(batch: readonly SqlRun[]): Promise<void> {
    const reply = await this.exchange((this.worker ??= this.start()), batch);
    if (reply.kind === 'failed') throw new Error(reply.reason);
  }

  /** Ends the thread. A batch that is under way then has failed. */
  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(PROGRAM, {
      name: 'sqlite-writer',
      workerData: { file: this.file },
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // A thread that dies between two batches must not take the process with it.
    worker.on('error', () => undefined);
    worker.once('exit', () => (this.worker = undefined));
    return worker;
  }

  /** The process lives as long as a batch is under way, and no longer for the thread's sake. */
  private async exchange(worker: Worker, batch: readonly SqlRun[]): Promise<BatchReply> {
    worker.ref();
    try {
      return await new Promise<BatchReply>((resolve, reject) => {
        const settle = (act: () => void): void => {
          worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
          act();
        };
        const onMessage = (reply: BatchReply): void => settle(() => resolve(reply));
        const onEnd = (cause: unknown): void =>
          settle(() => reject(new Error('The thread that writes to the database ended.', { cause })));
        worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
        worker.postMessage(batch);
      });
    } finally {
      worker.unref();
    }
  }
}
