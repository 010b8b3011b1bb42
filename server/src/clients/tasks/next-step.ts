import { ProtocolError } from '@modelcontextprotocol/client';
import type { Era, ForeignObject } from '../../services/index.js';
import { MalformedResult } from '../connection/result-shape.js';
import type { TaskView } from './task-view.js';

/** What to do about a task now. */
export type TaskStep =
  | { readonly kind: 'wait'; readonly ms: number }
  /** Legacy: `tasks/result` has the answer, or brings the questions and then the answer. */
  | { readonly kind: 'collect' }
  /** Modern: the service needs these answers. */
  | { readonly kind: 'ask'; readonly questions: Readonly<Record<string, unknown>> }
  | { readonly kind: 'done'; readonly result: ForeignObject }
  | { readonly kind: 'fail'; readonly error: Error };

/** The service gave the task up, although nobody here asked it to. */
export class TaskCancelled extends Error {
  override readonly name = 'TaskCancelled';

  constructor() {
    super('the service cancelled the task');
  }
}

/**
 * The next step of somebody who waits for the end of a task. Pure.
 *
 * @param answered keys of questions that were answered already: a service may go on listing them for a while
 */
export function nextStep(view: TaskView, era: Era, answered: ReadonlySet<string>): TaskStep {
  if (view.status === 'cancelled') return { kind: 'fail', error: new TaskCancelled() };
  if (view.status === 'working') return { kind: 'wait', ms: view.pollMs };
  if (era === 'legacy') return { kind: 'collect' };
  if (view.status === 'completed') return doneWith(view.result);
  if (view.status === 'failed') return { kind: 'fail', error: failureOf(view) };
  const open = Object.entries(view.inputRequests ?? {}).filter(([key]) => !answered.has(key));
  return open.length > 0 ? { kind: 'ask', questions: Object.fromEntries(open) } : { kind: 'wait', ms: view.pollMs };
}

function doneWith(result: ForeignObject | undefined): TaskStep {
  const { resultType = 'complete', ...rest } = result ?? { resultType: 'absent' };
  return resultType === 'complete'
    ? { kind: 'done', result: rest }
    : { kind: 'fail', error: new MalformedResult('a completed task without a complete result') };
}

const failureOf = ({ error, statusMessage }: TaskView): Error =>
  error
    ? ProtocolError.fromError(error.code, error.message, error.data)
    : ProtocolError.fromError(-32603, statusMessage ?? 'the task failed');
