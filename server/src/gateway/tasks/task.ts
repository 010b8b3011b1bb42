import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Question } from '../../clients/index.js';
import type { ForeignObject } from '../../services/index.js';

export type TaskStatus = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

/** A JSON-RPC error. */
export interface TaskError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** What a task's call was answered with, as our clients are to see it but for what their era wants changed. */
export interface TaskAnswer {
  readonly result: CallToolResult;
  readonly outputSchema?: ForeignObject;
}

/** What a task's call came to. */
export type TaskOutcome = TaskAnswer | { readonly error: TaskError };

/** A call that goes on without the connection it came by. Plain data, so that any store can keep it. */
export interface Task {
  /** Unguessable. */
  readonly id: string;
  /** `ownerOf` the caller: for anybody else the task does not exist. */
  readonly owner: string;
  readonly userId: string;
  readonly status: TaskStatus;
  /** What the service last said of its progress, or why there is no result. Foreign text. */
  readonly statusMessage?: string;
  /** Of the wall clock, ms. */
  readonly createdMs: number;
  readonly updatedMs: number;
  /** From its creation on; afterwards nothing is left of it. */
  readonly ttlMs: number;
  /** What the service asks and nobody has answered yet, by keys of ours. */
  readonly questions: Readonly<Record<string, Question>>;
  readonly outcome?: TaskOutcome;
}

export type TaskEvent =
  | { readonly kind: 'asked'; readonly key: string; readonly question: Question }
  /** Answered, or not wanted any more. */
  | { readonly kind: 'settled'; readonly keys: readonly string[] }
  | { readonly kind: 'progressed'; readonly message: string }
  | { readonly kind: 'completed'; readonly answer: TaskAnswer }
  | { readonly kind: 'failed'; readonly error: TaskError }
  | { readonly kind: 'cancelled' };

export const hasEnded = ({ status }: Pick<Task, 'status'>): boolean =>
  status !== 'working' && status !== 'input_required';

/**
 * The task after something happened to it: working ⇄ input_required → completed | failed | cancelled. Pure.
 *
 * @returns the same object when it makes no difference; nothing happens to a task that has ended
 */
export function after(task: Task, event: TaskEvent, nowMs: number): Task {
  if (hasEnded(task)) return task;
  const next = changed(task, event);
  return next === task ? task : { ...next, updatedMs: nowMs };
}

function changed(task: Task, event: TaskEvent): Task {
  switch (event.kind) {
    case 'asked':
      return waitingFor(task, { ...task.questions, [event.key]: event.question });
    case 'settled':
      return settled(task, new Set(event.keys));
    case 'progressed':
      return { ...task, statusMessage: event.message };
    case 'completed':
      return ended(task, 'completed', event.answer);
    case 'failed':
      return { ...ended(task, 'failed', { error: event.error }), statusMessage: event.error.message };
    case 'cancelled':
      return ended(task, 'cancelled');
  }
}

function settled(task: Task, keys: ReadonlySet<string>): Task {
  const open = Object.entries(task.questions);
  const left = open.filter(([key]) => !keys.has(key));
  return left.length === open.length ? task : waitingFor(task, Object.fromEntries(left));
}

const waitingFor = (task: Task, questions: Task['questions']): Task => ({
  ...task,
  questions,
  status: Object.keys(questions).length > 0 ? 'input_required' : 'working',
});

const ended = (task: Task, status: TaskStatus, outcome?: TaskOutcome): Task => ({
  ...task,
  status,
  questions: {},
  ...(outcome && { outcome }),
});
