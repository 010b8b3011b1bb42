import type { Task } from './task.js';

/** A page of somebody's tasks, oldest first. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Where the next page begins; absent at the end. */
  readonly next?: string;
}

/**
 * Where tasks are kept until their time is over. Whoever is not the owner finds nothing.
 *
 * A store forgets a task `ttlMs` after its creation, and never before.
 */
export abstract class TaskStore {
  /** @throws {AppError} `too_many_calls` when the person, or everybody together, has too many already */
  abstract create(task: Task): Promise<void>;
  abstract find(id: string, owner: string): Promise<Task | undefined>;
  /** Replaces what is kept of the task. @throws {AppError} `task_answer_not_kept` when there is no room for its outcome */
  abstract update(task: Task): Promise<void>;
  /** @param from `next` of the page before. @throws {AppError} `validation_failed` when nothing is known there */
  abstract list(owner: string, from?: string): Promise<TaskPage>;
}
