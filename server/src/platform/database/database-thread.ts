import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { QueryFailedError } from 'typeorm';
import { serverSettings } from './data-source.js';
import type { ServerThreadStart } from './server-thread-program.js';
import type { BatchReply, SqliteThreadStart } from './sqlite-thread-program.js';

/** Built code runs as .js; tests run the sources. */
const program = (name: string): URL => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);

/**
 * A thread with its own connection to the database. It writes one batch after the other, each of which is durable when its
 * promise resolves, while the event loop goes on: it neither waits for a disk nor speaks a server's protocol.
 *
 * Started with its first batch; one that died is replaced with the next. After a failure its connection is opened anew.
 */
export class DatabaseThread<Batch, Answer> {
  private worker: Worker | undefined;
  private underWay: PromiseWithResolvers<BatchReply<Answer>> | undefined;

  private constructor(
    private readonly program: URL,
    private readonly start: SqliteThreadStart | ServerThreadStart,
  ) {}

  /**
   * On the embedded database, with `synchronous = FULL`.
   *
   * @param file of a database whose schema is up to date
   * @param work module that exports `createWork`, a `CreateWork`: what is done with a batch inside its transaction. It is loaded
   *   in the thread, by this address, and can import nothing of ours by name
   * @param task given to `createWork`
   */
  static embedded<Batch, Answer>(file: string, work: URL, task: unknown): DatabaseThread<Batch, Answer> {
    return new DatabaseThread(program('sqlite-thread-program'), { file, work: work.href, task });
  }

  /**
   * On a database server.
   *
   * @param url as in `DATABASE_URL`
   * @param work as above, but `createWork` makes a `ServerWork` of the task
   * @param task given to `createWork`
   */
  static server<Batch, Answer>(url: string, work: URL, task: unknown): DatabaseThread<Batch, Answer> {
    return new DatabaseThread(program('server-thread-program'), {
      settings: serverSettings(url),
      work: work.href,
      task,
    });
  }

  /**
   * Must not be called again before the promise settled.
   *
   * @returns what the work answered
   * @throws {QueryFailedError} the database refused: nothing of the batch was written
   * @throws {Error} the thread died: then it is not known whether the batch was written
   */
  async commit(batch: Batch): Promise<Answer> {
    const reply = await this.exchange((this.worker ??= this.startWorker()), batch);
    if (reply.kind === 'durable') return reply.answer;
    throw new QueryFailedError('a batch', undefined, Object.assign(new Error(reply.reason), reply.codes));
  }

  /** Ends the thread. A batch that is under way then has failed. */
  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private startWorker(): Worker {
    const worker = new Worker(this.program, {
      name: 'database-writer',
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
