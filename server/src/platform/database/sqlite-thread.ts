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
  private underWay: PromiseWithResolvers<BatchReply<Answer>> | undefined;
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
    worker.on('message', (reply: BatchReply<Answer>) => this.settle()?.resolve(reply));
    // A thread that dies between two batches must not take the process with it.
    worker.on('error', (cause) => this.lose(cause));
    worker.once('exit', (code) => {
      this.worker = undefined;
      this.lose(code);
    });
    return worker;
  }

  /** The process lives as long as a batch is under way, and no longer for the thread's sake. */
  private exchange(worker: Worker, batch: Batch): Promise<BatchReply<Answer>> {
    worker.ref();
    this.underWay = Promise.withResolvers<BatchReply<Answer>>();
    worker.postMessage(batch);
    return this.underWay.promise;
  }

  private lose(cause: unknown): void {
    this.settle()?.reject(new Error('The thread that writes to the database ended.', { cause }));
  }

  /** @returns who waits for the batch that is under way; undefined when none is */
  private settle(): PromiseWithResolvers<BatchReply<Answer>> | undefined {
    const { underWay } = this;
    this.underWay = undefined;
    this.worker?.unref();
    return underWay;
  }
}
