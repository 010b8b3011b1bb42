import type { ForeignObject } from '../../services/index.js';
import { MalformedResult } from '../connection/result-shape.js';

/** In `_meta` of 2025-11-25: what a message or an answer belongs to. */
export const RELATED_TASK = 'io.modelcontextprotocol/related-task';

export type TaskStatus = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

/** What a service last said of a task, in one shape for both eras. Foreign text, bounded. */
export interface TaskView {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly statusMessage?: string;
  /** How often the service wants to be asked at most, ms; within our own bounds. */
  readonly pollMs: number;
  /** Modern, completed: the answer. */
  readonly result?: ForeignObject;
  /** Modern, failed: why. */
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
  /** Modern, waiting: what the service asks, by its own keys. */
  readonly inputRequests?: Readonly<Record<string, unknown>>;
}

const STATUSES: readonly unknown[] = ['working', 'input_required', 'completed', 'failed', 'cancelled'];
const TASK_ID_CHARS = 1_024;
const MESSAGE_CHARS = 1_000;
const POLL_MS = { usual: 1_000, least: 100, most: 30_000 };

/**
 * The task that a service made of a tool call, when it did: flat with `resultType: "task"` since 2026-07-28 (SEP-2663),
 * under `task` in 2025-11-25.
 *
 * @throws {MalformedResult} it says that there is one, and not which
 */
export function createdTask(result: ForeignObject): TaskView | undefined {
  if (result.resultType === 'task') return readTask(result);
  return isObject(result.task) ? readTask(result.task) : undefined;
}

/** What `tasks/get` answers, in either era. @throws {MalformedResult} */
export function readTask(raw: ForeignObject): TaskView {
  const { taskId, status, statusMessage, result, error, inputRequests } = raw;
  if (typeof taskId !== 'string' || taskId === '' || taskId.length > TASK_ID_CHARS)
    throw new MalformedResult('a task without a usable taskId');
  if (!isStatus(status)) throw new MalformedResult('a task without a known status');
  return {
    taskId,
    status,
    pollMs: pollMsOf(raw.pollIntervalMs ?? raw.pollInterval),
    ...(typeof statusMessage === 'string' && { statusMessage: statusMessage.slice(0, MESSAGE_CHARS) }),
    ...(isObject(result) && { result }),
    ...(isObject(error) && { error: readError(error) }),
    ...(isObject(inputRequests) && { inputRequests }),
  };
}

const readError = ({ code, message, data }: ForeignObject): NonNullable<TaskView['error']> => ({
  code: typeof code === 'number' ? code : INTERNAL_ERROR,
  message: typeof message === 'string' ? message : 'the task failed',
  ...(data !== undefined && { data }),
});

const INTERNAL_ERROR = -32603;

const pollMsOf = (wanted: unknown): number =>
  typeof wanted === 'number' && Number.isFinite(wanted)
    ? Math.min(Math.max(wanted, POLL_MS.least), POLL_MS.most)
    : POLL_MS.usual;

const isStatus = (value: unknown): value is TaskStatus => STATUSES.includes(value);

const isObject = (value: unknown): value is ForeignObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
