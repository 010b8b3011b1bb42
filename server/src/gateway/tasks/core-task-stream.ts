import type { Server } from '@modelcontextprotocol/server';
import type { Counterpart, Question } from '../../clients/index.js';
import type { RunningTask } from './running-task.js';
import type { Task } from './task.js';
import { RELATED_TASK, coreTask } from './task-wire.js';

/** Tells the session that began a task what becomes of it, on the session's own stream. */
export function tellSession(server: Server, task: RunningTask, pollIntervalMs: number): void {
  task.onChange((view) => {
    const params = coreTask(view, pollIntervalMs);
    // A session that has ended hears nothing; its task goes on.
    void server.notification({ method: 'notifications/tasks/status', params }).catch(() => undefined);
  });
}

/**
 * Waits for the end of a task with a client that listens, and puts to it what the service asks meanwhile.
 *
 * @param client who listens; undefined when it cannot be asked
 * @param gone aborted when it does not listen any more; what it has not answered is then open again
 * @throws the reason of `gone`
 */
export async function attend(task: RunningTask, client: Counterpart | undefined, gone: AbortSignal): Promise<Task> {
  gone.throwIfAborted();
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(gone.reason);
  const put = (): void => {
    if (!client) return;
    for (const [key, question] of task.take()) void putQuestion(task, key, question, client, gone);
  };
  gone.addEventListener('abort', leave, { once: true });
  const stop = task.onChange(put);
  put();
  try {
    return await Promise.race([task.ended, left.promise]);
  } finally {
    stop();
    gone.removeEventListener('abort', leave);
  }
}

async function putQuestion(
  task: RunningTask,
  key: string,
  question: Question,
  client: Counterpart,
  gone: AbortSignal,
): Promise<void> {
  try {
    await task.answer({ [key]: await client.ask(relatedTo(task.view.id, question), gone) });
  } catch (error) {
    if (gone.aborted) task.release(key);
    else await task.refuse(key, error);
  }
}

function relatedTo(taskId: string, { method, params }: Question): Question {
  const meta = params['_meta'];
  return {
    method,
    params: { ...params, _meta: { ...(typeof meta === 'object' && meta), [RELATED_TASK]: { taskId } } },
  };
}
