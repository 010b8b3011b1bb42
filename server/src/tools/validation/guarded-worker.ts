import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CheckJob, CheckReply, CheckVerdict } from './schema-worker.js';

const RESOURCES = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** A thread that no longer tells its usage has none left. */
const EXHAUSTED = { user: Number.MAX_SAFE_INTEGER, system: 0 };

/** Built code runs as .js; tests run the sources. */
const PROGRAM = new URL(`./schema-worker${extname(import.meta.url)}`, import.meta.url);

/** There is no thread to check with: for want of memory or of descriptors, and through no fault of what was to be checked. */
export class ThreadMissing extends Error {
  constructor(cause: unknown) {
    super('No thread could be started.', { cause });
    this.name = 'ThreadMissing';
  }
}

/** The thread took longer than its deadline, ran out of memory or crashed; it is gone, and its next job gets a new one. */
export class CheckAborted extends Error {
  constructor(
    readonly reason: 'deadline' | 'crashed',
    cause?: unknown,
  ) {
    super(reason === 'deadline' ? 'The check took too long.' : 'The check broke down.', { cause });
    this.name = 'CheckAborted';
  }
}

/** How long a thread may wait for a processor before it counts as stuck, as a multiple of its computing time. */
const WAITING_FACTOR = 40;

/**
 * A thread that does one check at a time and is ended when one takes too long. Started with its first job.
 *
 * What counts is the time that the thread computed: on a busy machine an innocent check may wait long for a processor.
 */
export class GuardedWorker {
  private worker: Promise<Worker> | undefined;
  private sentSchemas = new Set<string>();

  /** @param deadlineMs of computing; the whole exchange may take forty times that */
  constructor(private readonly deadlineMs: number) {}

  /**
   * Must not be called again before the promise settled.
   *
   * @throws {CheckAborted}
   * @throws {ThreadMissing}
   */
  async run(job: CheckJob): Promise<CheckVerdict> {
    this.worker ??= this.start();
    const worker = await this.worker;
    const known = this.sentSchemas.has(job.hash);
    const reply = await this.exchange(worker, known ? { ...job, schema: undefined } : job);
    const verdict = reply.kind === 'unknown-schema' ? await this.exchange(worker, job) : reply;
    if (verdict.kind === 'unknown-schema') throw new CheckAborted('crashed');
    this.sentSchemas.add(job.hash);
    return verdict;
  }

  async stop(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.forget();
    await worker?.terminate();
  }

  /** Resolves once the thread has loaded its code, so that loading is not on the deadline's clock. */
  private async start(): Promise<Worker> {
    let worker: Worker;
    try {
      worker = new Worker(PROGRAM, { name: 'schema-checker', resourceLimits: RESOURCES, env: {}, execArgv: [] });
      worker.unref();
      await once(worker, 'message');
    } catch (error) {
      this.forget();
      throw new ThreadMissing(error);
    }
    // A thread that dies between two jobs must not take the process with it.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.forget());
    return worker;
  }

  private async exchange(worker: Worker, job: CheckJob): Promise<CheckReply> {
    try {
      return await this.answerTo(worker, job);
    } catch (error) {
      this.forget();
      await worker.terminate();
      throw error;
    }
  }

  private async answerTo(worker: Worker, job: CheckJob): Promise<CheckReply> {
    const before = await worker.cpuUsage();
    return new Promise((resolve, reject) => {
      const startedMs = performance.now();
      let timer: NodeJS.Timeout;
      let settled = false;
      const settle = (act: () => void): void => {
        settled = true;
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
        act();
      };
      const onMessage = (reply: CheckReply): void => settle(() => resolve(reply));
      const onEnd = (cause: unknown): void => settle(() => reject(new CheckAborted('crashed', cause)));
      const judge = async (): Promise<void> => {
        const { user, system } = await worker.cpuUsage(before).catch(() => EXHAUSTED);
        const leftMs = this.deadlineMs - (user + system) / 1_000;
        const isStuck = performance.now() - startedMs > this.deadlineMs * WAITING_FACTOR;
        if (settled) return;
        if (leftMs <= 0 || isStuck) settle(() => reject(new CheckAborted('deadline')));
        else timer = setTimeout(() => void judge(), Math.max(10, leftMs));
      };
      timer = setTimeout(() => void judge(), this.deadlineMs);
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
      worker.postMessage(job);
    });
  }

  private forget(): void {
    this.worker = undefined;
    this.sentSchemas = new Set();
  }
}
