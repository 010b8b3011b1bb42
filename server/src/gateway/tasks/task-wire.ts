import type { CallToolResult, Result } from '@modelcontextprotocol/server';
import type { Task, TaskAnswer, TaskStatus } from './task.js';

/** Says in 2025-11-25 to which task a message belongs. */
export const RELATED_TASK = 'io.modelcontextprotocol/related-task';

const iso = (ms: number): string => new Date(ms).toISOString();

/** What both forms have in common. */
const outlineOf = ({ id, statusMessage, createdMs, updatedMs }: Task) => ({
  taskId: id,
  ...(statusMessage !== undefined && { statusMessage }),
  createdAt: iso(createdMs),
  lastUpdatedAt: iso(updatedMs),
});

/** The answer that is a task, in the extension's form. Pure. */
export const createdTask = (task: Task, pollIntervalMs: number): Result => ({
  ...outlineOf(task),
  resultType: 'task',
  status: task.status,
  ttlMs: task.ttlMs,
  pollIntervalMs,
});

/**
 * The whole of a task, in the extension's form. Pure.
 *
 * @param project makes a result fit for the client's era
 */
export function detailedTask(
  task: Task,
  pollIntervalMs: number,
  project: (answer: TaskAnswer) => CallToolResult,
): Result {
  const { status, ttlMs, questions, outcome } = task;
  return {
    ...outlineOf(task),
    status,
    ttlMs,
    pollIntervalMs,
    ...(status === 'input_required' && { inputRequests: questions }),
    ...(outcome && ('error' in outcome ? { error: outcome.error } : { result: project(outcome) })),
  };
}

/** A task as 2025-11-25 shows it. Pure. */
export const coreTask = (task: Task, pollIntervalMs: number) => ({
  ...outlineOf(task),
  status: coreStatus(task),
  ttl: task.ttlMs,
  pollInterval: pollIntervalMs,
});

/** In 2025-11-25 a task whose tool failed has failed; since then it is completed, with a result that says so. */
function coreStatus({ status, outcome }: Task): TaskStatus {
  return outcome && 'result' in outcome && outcome.result.isError === true ? 'failed' : status;
}

/** The result of a task of 2025-11-25, which says whose it is. Pure. */
export const resultOfTask = (result: CallToolResult, taskId: string): CallToolResult => ({
  ...result,
  _meta: { ...result._meta, [RELATED_TASK]: { taskId } },
});
