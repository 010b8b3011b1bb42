import { randomUUID } from 'node:crypto';
import type { InputRequests } from '@modelcontextprotocol/server';

export type TaskState = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

/** A task as `tasks/get` shows it; times in ISO 8601, durations in milliseconds. */
export interface TaskView {
  taskId: string;
  status: TaskState;
  createdAt: string;
  lastUpdatedAt: string;
  ttlMs: number;
  pollIntervalMs: number;
  result?: unknown;
  error?: { code: number; message: string };
  inputRequests?: InputRequests;
}

export type TaskAnswers = Record<string, unknown>;

/** What runs inside a task. @throws what the task then shows as its error */
export type TaskWork = (task: {
  ask: (requests: InputRequests) => Promise<TaskAnswers>;
  signal: AbortSignal;
}) => Promise<unknown>;

const TTL_MS = 300_000;
const POLL_MS = 100;
const INTERNAL_ERROR = -32603;

/** One task: its state, and the work behind it. */
class Task {
  readonly view: TaskView;
  private readonly ending = new AbortController();
  private answers: TaskAnswers = {};
  private resume: ((answers: TaskAnswers) => void) | undefined;

  constructor(work: TaskWork) {
    const now = new Date().toISOString();
    this.view = {
      taskId: randomUUID(),
      status: 'working',
      createdAt: now,
      lastUpdatedAt: now,
      ttlMs: TTL_MS,
      pollIntervalMs: POLL_MS,
    };
    // Later, so that a task is born working whatever its work does first.
    const started = Promise.resolve().then(() =>
      work({ ask: (requests) => this.ask(requests), signal: this.ending.signal }),
    );
    void started.then(
      (result) => this.become('completed', { result }),
      (error: unknown) =>
        this.become('failed', {
          error: { code: INTERNAL_ERROR, message: error instanceof Error ? error.message : '' },
        }),
    );
  }

  /** Takes the answers to what is still open, and goes on when nothing is. */
  answer(answers: TaskAnswers): void {
    const open = this.view.inputRequests ?? {};
    for (const [key, value] of Object.entries(answers)) {
      if (!(key in open)) continue;
      this.answers[key] = value;
      delete open[key];
    }
    if (this.view.status !== 'input_required' || Object.keys(open).length > 0) return;
    this.become('working', { inputRequests: undefined });
    this.resume?.(this.answers);
  }

  cancel(): void {
    this.become('cancelled', { inputRequests: undefined });
    this.ending.abort();
  }

  private ask(requests: InputRequests): Promise<TaskAnswers> {
    this.answers = {};
    this.become('input_required', { inputRequests: { ...requests } });
    return new Promise((resolve) => (this.resume = resolve));
  }

  private become(status: TaskState, change: Partial<TaskView>): void {
    if (['completed', 'failed', 'cancelled'].includes(this.view.status)) return;
    Object.assign(this.view, { status, lastUpdatedAt: new Date().toISOString() }, change);
  }
}

/** The tasks of one fixture, for as long as it lives. */
export class TaskStore {
  private readonly tasks = new Map<string, Task>();

  start(work: TaskWork): TaskView {
    const task = new Task(work);
    this.tasks.set(task.view.taskId, task);
    return { ...task.view };
  }

  get(id: string): TaskView | undefined {
    const view = this.tasks.get(id)?.view;
    return view && { ...view };
  }

  /** @returns whether there is such a task */
  answer(id: string, answers: TaskAnswers): boolean {
    this.tasks.get(id)?.answer(answers);
    return this.tasks.has(id);
  }

  /** @returns whether there is such a task, ended or not */
  cancel(id: string): boolean {
    this.tasks.get(id)?.cancel();
    return this.tasks.has(id);
  }

  cancelAll(): void {
    for (const task of this.tasks.values()) task.cancel();
  }
}
