import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BatchReply, ThreadStart } from './sqlite-thread-program.js';

export type { Prepared } from './sqlite-thread-program.js';

/** Built code runs as .js; tests run the sources. */
const PROGRAM = new URL(`./sqlite-thread-program${extname(import.meta.url)}`, import.meta.url);

/**
 * A thread with its own connection to the embedded database. It writes one batch after the other, each in one transaction
 * that is durable (`synchronous = FULL`) when its promise resolves, while the event loop goes on.
 *
 * Started with its first batch; one that died is replaced with the next.
 */
export class SqliteThread<Batch, Answer> {
  private worker: Worker | undefined;

  private readonly start: ThreadStart;

  /**
   * @param file of a database whose schema is up to date
   * @param work module that exports `createWork`: what is done with a batch inside its transaction. It is loaded in the
   *   thread, by this address, and can import nothing of ours by name
   * @param task given to `createWork`
   */
  constructor(file: string, work: URL, task: unknown) {
    this.start = { file, work: work.href, task };
  }

  /**
   * Must not be called again before the promise settled.
   *
   * @returns what the work answered
   * @throws {Error} the database refused, or the thread died: then it is not known whether the batch was written
   */
  async commit(batch: Batch): Promise<Answer> {
    const reply = await this.exchange((this.worker ??= this.startWorker()), batch);
    if (reply.kind === 'failed') throw new Error(reply.reason);
    return reply.answer;
  }

  /** Ends the thread. A batch that is under way then has failed. */
  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private startWorker(): Worker {
    const worker = new Worker(PROGRAM, {
      name: 'sqlite-writer',
      workerData: this.start,
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // A thread that dies between two batches must not take the process with it.
    worker.on('error', () => undefined);
    worker.once('exit', () => (this.worker = undefined));
    return worker;
  }

  /** The process lives as long as a batch is under way, and no longer for the thread's sake. */
  private async exchange(worker: Worker, batch: Batch): Promise<BatchReply<Answer>> {
    worker.ref();
    try {
      return await new Promise<BatchReply<Answer>>((resolve, reject) => {
        const settle = (act: () => void): void => {
          worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
          act();
        };
        const onMessage = (reply: BatchReply<Answer>): void => settle(() => resolve(reply));
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
