import type { Principal } from '../../auth/index.js';
import type { Progress, Question } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { protocolErrorOf } from '../http/rpc-error.js';
import { logUnexpected } from '../surface/method-handler.js';
import { after, hasEnded, type Task, type TaskAnswer, type TaskEvent } from './task.js';
import type { TaskStore } from './task-store.js';

/** A service may report far more often than anybody looks; ms between two reports that count. */
const PROGRESS_EVERY_MS = 1_000;
/** Of a report's words, characters. */
const LONGEST_MESSAGE = 500;

interface OpenQuestion {
  readonly question: Question;
  readonly resolve: (answer: ForeignObject) => void;
  readonly reject: (reason: unknown) => void;
  /** A client is being asked right now. */
  isBeingPut: boolean;
}

/** A task while its call runs in this process: the only one who writes to it. */
export class RunningTask {
  /** Settled once the task has ended. */
  readonly ended: Promise<Task>;
  private readonly resolveEnded: (task: Task) => void;
  private readonly open = new Map<string, OpenQuestion>();
  private readonly listeners = new Set<(task: Task) => void>();
  private writing: Promise<void> = Promise.resolve();
  private questionsAsked = 0;
  private lastProgressMs = -Infinity;

  /**
   * @param task as it was created in the store
   * @param ending of the call: aborted when the task has ended
   */
  constructor(
    private task: Task,
    readonly principal: Principal,
    private readonly ending: AbortController,
    private readonly store: TaskStore,
    private readonly nowMs: () => number,
  ) {
    const { promise, resolve } = Promise.withResolvers<Task>();
    this.ended = promise;
    this.resolveEnded = resolve;
  }

  get view(): Task {
    return this.task;
  }

  /** @returns how to stop listening */
  onChange(listener: (task: Task) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /**
   * Puts a question of the service on the task, and waits until its owner answers.
   *
   * @throws the signal's reason · `call_cancelled` when the task has ended · why the owner's client refuses
   */
  async ask(question: Question, signal: AbortSignal): Promise<ForeignObject> {
    signal.throwIfAborted();
    if (hasEnded(this.task)) throw new AppError('call_cancelled');
    this.questionsAsked += 1;
    const key = `question-${this.questionsAsked}`;
    const { promise, resolve, reject } = Promise.withResolvers<ForeignObject>();
    this.open.set(key, { question, resolve, reject, isBeingPut: false });
    const withdraw = (): void => void this.settle(key, ({ reject: refuse }) => refuse(signal.reason));
    signal.addEventListener('abort', withdraw, { once: true });
    void this.become({ kind: 'asked', key, question });
    return promise.finally(() => signal.removeEventListener('abort', withdraw));
  }

  /** Takes the answers to what is still open; others are of no use to anybody. */
  async answer(answers: Readonly<Record<string, ForeignObject>>): Promise<void> {
    const settled = Object.entries(answers).map(([key, answer]) => this.settle(key, ({ resolve }) => resolve(answer)));
    await Promise.all(settled);
  }

  /** The client whom the question was put to says no. */
  async refuse(key: string, reason: unknown): Promise<void> {
    await this.settle(key, ({ reject }) => reject(reason));
  }

  /** Open questions that no client is being asked; whoever takes one puts it, and hands it back by `release` if they cannot. */
  take(): readonly (readonly [key: string, question: Question])[] {
    const free = [...this.open].filter(([, { isBeingPut }]) => !isBeingPut);
    for (const [, each] of free) each.isBeingPut = true;
    return free.map(([key, { question }]) => [key, question] as const);
  }

  release(key: string): void {
    const question = this.open.get(key);
    if (question) question.isBeingPut = false;
  }

  progressed({ progress, total, message }: Progress): void {
    const nowMs = this.nowMs();
    if (nowMs - this.lastProgressMs < PROGRESS_EVERY_MS) return;
    this.lastProgressMs = nowMs;
    const counted = total === undefined ? String(progress) : `${progress}/${total}`;
    void this.become({ kind: 'progressed', message: (message ?? counted).slice(0, LONGEST_MESSAGE).toWellFormed() });
  }

  async complete(answer: TaskAnswer): Promise<void> {
    await this.become({ kind: 'completed', answer });
  }

  async fail(error: unknown): Promise<void> {
    await this.become(failure(error));
  }

  async cancel(): Promise<void> {
    await this.become({ kind: 'cancelled' });
  }

  private async settle(key: string, act: (question: OpenQuestion) => void): Promise<void> {
    const question = this.open.get(key);
    if (!question) return;
    this.open.delete(key);
    await this.become({ kind: 'settled', keys: [key] });
    act(question);
  }

  /** One change after the other, each kept before it shows. */
  private become(event: TaskEvent): Promise<void> {
    this.writing = this.writing.then(() => this.write(event));
    return this.writing;
  }

  private async write(event: TaskEvent): Promise<void> {
    const next = after(this.task, event, this.nowMs());
    if (next === this.task) return;
    this.task = await this.kept(next);
    for (const listener of this.listeners) this.tell(listener);
    if (hasEnded(this.task)) this.end();
  }

  /** Whoever listens cannot stop the task. */
  private tell(listener: (task: Task) => void): void {
    try {
      listener(this.task);
    } catch (error) {
      logUnexpected(error);
    }
  }

  /** The task has ended first and its call ends then, so that a cancelled task does not seem to have failed. */
  private end(): void {
    const reason = new AppError('call_cancelled');
    this.ending.abort(reason);
    for (const { reject } of this.open.values()) reject(reason);
    this.open.clear();
    this.resolveEnded(this.task);
  }

  /** What cannot be kept must not seem to be there. */
  private async kept(next: Task): Promise<Task> {
    try {
      await this.store.update(next);
      return next;
    } catch (error) {
      const failed = after(this.task, failure(error), this.nowMs());
      await this.store.update(failed).catch(() => undefined);
      return failed;
    }
  }
}

function failure(thrown: unknown): TaskEvent {
  const { code, message, data } = protocolErrorOf(thrown);
  return { kind: 'failed', error: { code, message, ...(data !== undefined && { data }) } };
}
