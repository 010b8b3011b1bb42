import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { logUnexpected } from '../surface/method-handler.js';
import type { RunningTask } from './running-task.js';
import { answeringBy, finishAsTask, throughQuestions, type ToolWork } from './task-call.js';

/** What a call ended with, as far as its own request is concerned. */
export type Answer = { readonly result: CallToolResult } | { readonly task: RunningTask };

/**
 * A call of a client that knows tasks. It becomes one when its answer takes long, when the service runs it as one, or when
 * the service asks something in the middle of it; until then it ends with its request.
 */
export class PatientCall {
  private readonly becameTask = Promise.withResolvers<RunningTask>();
  private promotion: Promise<RunningTask | undefined> | undefined;
  private task: RunningTask | undefined;
  private unfollow: () => void = () => undefined;

  /**
   * @param ending aborted when the call is to stop
   * @param begin makes the task. @throws {AppError} there are too many; the call then stays what it is
   */
  constructor(
    private readonly origin: CallOrigin,
    private readonly work: ToolWork,
    private readonly ending: AbortController,
    private readonly begin: () => Promise<RunningTask>,
  ) {}

  /** @throws whatever the call throws while it has no task */
  async run(patienceMs: number): Promise<Answer> {
    this.unfollow = follow(this.origin.signal, this.ending);
    const result = throughQuestions(this.work, this.detached(), () => this.promotion ?? Promise.resolve(undefined));
    const becameTask = this.becameTask.promise.then((task) => {
      void finishAsTask(task, result, this.work);
      return { task };
    });
    const patience = setTimeout(() => void this.promote(), patienceMs);
    try {
      return await Promise.race([this.ended(result), becameTask]);
    } finally {
      clearTimeout(patience);
      this.unfollow();
    }
  }

  /** The call may end in the very moment in which its task is made: then the task has the answer. */
  private async ended(result: Promise<CallToolResult>): Promise<Answer> {
    const outcome = await Promise.allSettled([result]);
    const task = await this.promotion;
    if (task) return { task };
    if (outcome[0].status === 'rejected') throw outcome[0].reason;
    return { result: outcome[0].value };
  }

  /** @returns undefined when there is no room for one more task; asked once only */
  private promote(): Promise<RunningTask | undefined> {
    this.promotion ??= this.begin().then(
      (task) => {
        this.task = task;
        this.unfollow();
        this.becameTask.resolve(task);
        return task;
      },
      (error: unknown) => {
        logUnexpected(error);
        return undefined;
      },
    );
    return this.promotion;
  }

  private detached(): CallOrigin & { signal: AbortSignal } {
    const { onProgress, counterpart, ...rest } = this.origin;
    return {
      ...rest,
      signal: this.ending.signal,
      longRunning: true,
      mayBeTask: true,
      onTask: () => void this.promote(),
      onProgress: (progress) => (this.task ? this.task.progressed(progress) : onProgress?.(progress)),
      ...(counterpart && {
        counterpart: answeringBy(
          counterpart,
          async (question, signal) => {
            const task = await this.promote();
            return task ? task.ask(this.work.shown(question), signal) : counterpart.ask(question, signal);
          },
          () => this.task !== undefined,
        ),
      }),
    };
  }
}

/** @returns how to stop following */
function follow(signal: AbortSignal | undefined, ending: AbortController): () => void {
  const end = (): void => ending.abort(signal?.reason ?? new AppError('call_cancelled'));
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  return () => signal?.removeEventListener('abort', end);
}
