import { setTimeout as delay } from 'node:timers/promises';
import type { Era, ForeignObject } from '../../services/index.js';
import type { RawResult } from '../connection/raw-result.js';
import type { Progress } from '../transports/observed-transport.js';
import { nextStep, type TaskStep } from './next-step.js';
import { readTask, RELATED_TASK, type TaskView } from './task-view.js';

export interface TaskRequestBounds {
  /** Absent: until `signal` ends it. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The service that runs a task, on the connection where the task was made. */
export interface TaskKeeper {
  readonly era: Era;
  /** @throws what `Connection.request` throws */
  request(method: string, params: Record<string, unknown>, bounds: TaskRequestBounds): Promise<RawResult>;
  /** Whether a look that failed so may go better later. */
  mayRecover(error: unknown): boolean;
  /** Calls back when the service says by itself that the task changed. @returns how to stop */
  onStatus(taskId: string, wake: () => void): () => void;
}

/** Somebody who waits for a task as for an ordinary call. */
export interface TaskWaiter {
  /** Fires when the caller goes, or its time is up. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** @returns bare results by the service's keys @throws {AppError} nobody can be asked, or nobody answered */
  ask(questions: Readonly<Record<string, unknown>>): Promise<ForeignObject>;
}

/** One look at a task, ms. */
const LOOK_MS = 30_000;
/** The service is not asked more often, whatever it says, ms. */
const LEAST_PAUSE_MS = 100;
/** For how long looks may fail before the task counts as lost, and how far apart they then are, ms. */
const PATIENCE = { inAllMs: 30_000, pauseMs: 1_000 };
const CANCEL_MS = 5_000;

/**
 * Waits for the end of a task as if it were an ordinary call: asks how it goes as often as the service allows, puts its
 * questions, and collects its answer. Whatever ends the waiting before the task has ended cancels it at the service.
 *
 * @throws {ProtocolError} the task failed, in the service's words
 * @throws {TaskCancelled} the service gave it up
 * @throws what the keeper or the waiter throws, or the reason of the waiter's signal
 */
export const finishTask = (created: TaskView, keeper: TaskKeeper, waiter: TaskWaiter): Promise<RawResult> =>
  new PendingTask(created, keeper, waiter).finish();

class PendingTask {
  private readonly answered = new Set<string>();
  private told: string | undefined;
  private messages = 0;
  private failingSinceMs: number | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private view: TaskView,
    private readonly keeper: TaskKeeper,
    private readonly waiter: TaskWaiter,
  ) {}

  async finish(): Promise<RawResult> {
    const unwatch = this.keeper.onStatus(this.view.taskId, () => this.wake());
    try {
      for (;;) {
        this.report();
        const step = nextStep(this.view, this.keeper.era, this.answered);
        if (step.kind === 'done') return step.result;
        const result = await this.patiently(() => this.take(step));
        if (result) return result;
      }
    } catch (error) {
      if (!['completed', 'failed', 'cancelled'].includes(this.view.status)) this.cancel();
      throw error;
    } finally {
      unwatch();
    }
  }

  /** @returns the answer, when this step brought it */
  private async take(step: Exclude<TaskStep, { kind: 'done' }>): Promise<RawResult | undefined> {
    const { taskId } = this.view;
    const { signal } = this.waiter;
    if (step.kind === 'fail') throw step.error;
    if (step.kind === 'collect') return unrelated(await this.keeper.request('tasks/result', { taskId }, { signal }));
    if (step.kind === 'ask') await this.answer(step.questions);
    else await this.pause(step.ms);
    this.view = readTask(await this.keeper.request('tasks/get', { taskId }, { timeoutMs: LOOK_MS, signal }));
    return undefined;
  }

  private async answer(questions: Readonly<Record<string, unknown>>): Promise<void> {
    const inputResponses = await this.waiter.ask(questions);
    for (const key of Object.keys(questions)) this.answered.add(key);
    const { signal } = this.waiter;
    const { taskId } = this.view;
    await this.keeper.request('tasks/update', { taskId, inputResponses }, { timeoutMs: LOOK_MS, signal });
  }

  /** A task outlives a connection that breaks for a moment. */
  private async patiently<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.failingSinceMs = undefined;
      return result;
    } catch (error) {
      this.waiter.signal.throwIfAborted();
      this.failingSinceMs ??= performance.now();
      const tooLong = performance.now() - this.failingSinceMs > PATIENCE.inAllMs;
      if (tooLong || !this.keeper.mayRecover(error)) throw error;
      await this.pause(PATIENCE.pauseMs);
      return undefined;
    }
  }

  /** At least `LEAST_PAUSE_MS`. Ends early when the service says that something changed, but never at once: it may say so very often. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.waiter;
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await quietly(delay(LEAST_PAUSE_MS, undefined, { signal }));
    await quietly(delay(ms - LEAST_PAUSE_MS, undefined, { signal: AbortSignal.any([signal, woken.signal]) }));
    signal.throwIfAborted();
  }

  private report(): void {
    const { statusMessage } = this.view;
    if (statusMessage === undefined || statusMessage === this.told) return;
    this.told = statusMessage;
    this.messages += 1;
    this.waiter.onProgress?.({ progress: this.messages, message: statusMessage });
  }

  /** Nobody waits for it any more, nor for the answer to this. */
  private cancel(): void {
    void quietly(this.keeper.request('tasks/cancel', { taskId: this.view.taskId }, { timeoutMs: CANCEL_MS }));
  }
}

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

/** The answer of an ordinary call does not say which task it came from. */
function unrelated(result: RawResult): RawResult {
  const { _meta, ...rest } = result;
  if (typeof _meta !== 'object' || _meta === null) return result;
  const kept = Object.entries(_meta).filter(([key]) => key !== RELATED_TASK);
  return { ...rest, ...(kept.length > 0 && { _meta: Object.fromEntries(kept) }) };
}
