import type { Principal } from '../../auth/index.js';
import type { Question } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import { RunningTask } from './running-task.js';
import { TaskStore, type TaskPage } from './task-store.js';
import type { Task } from './task.js';

const QUESTION: Question = { method: 'elicitation/create', params: { message: 'Really?' } };

const FRESH: Task = {
  id: 'task',
  owner: 'ann',
  userId: 'ann',
  status: 'working',
  createdMs: 0,
  updatedMs: 0,
  ttlMs: 1_000,
  questions: {},
};

/** Remembers what it was given, and has no room for answers when it is told so. */
class NotingStore extends TaskStore {
  readonly statuses: string[] = [];
  isFull = false;

  create(): Promise<void> {
    return Promise.resolve();
  }

  find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  update({ status }: Task): Promise<void> {
    if (this.isFull && status === 'completed') return Promise.reject(new AppError('task_answer_not_kept'));
    this.statuses.push(status);
    return Promise.resolve();
  }

  list(): Promise<TaskPage> {
    return Promise.resolve({ tasks: [] });
  }
}

describe('a running task', () => {
  let store: NotingStore;
  let ending: AbortController;
  let task: RunningTask;
  let nowMs: number;

  beforeEach(() => {
    nowMs = 5_000;
    store = new NotingStore();
    ending = new AbortController();
    task = new RunningTask(FRESH, { userId: 'ann' } as Principal, ending, store, () => nowMs);
  });

  const never = new AbortController().signal;

  it('puts two questions at once, and goes on when both are answered', async () => {
    const answers = Promise.all([task.ask(QUESTION, never), task.ask(QUESTION, never)]);
    await task.answer({ 'question-2': { action: 'decline' }, constructor: {}, 'question-3': {} });
    expect(task.view).toMatchObject({ status: 'input_required', questions: { 'question-1': QUESTION } });
    await task.answer({ 'question-1': { action: 'accept' }, 'question-2': { action: 'accept' } });
    expect(await answers).toEqual([{ action: 'accept' }, { action: 'decline' }]);
    expect(task.view.status).toBe('working');
  });

  it('takes back a question that the service does not want to know any more', async () => {
    const service = new AbortController();
    const answer = task.ask(QUESTION, service.signal);
    const gone = expect(answer).rejects.toThrow('gone');
    service.abort(new Error('gone'));
    await gone;
    expect(task.view).toMatchObject({ status: 'working', questions: {} });
  });

  it('hands a question to one client at a time, and to the next when that one is gone', async () => {
    const answer = task.ask(QUESTION, never);
    expect(task.take()).toEqual([['question-1', QUESTION]]);
    expect(task.take()).toEqual([]);
    task.release('question-1');
    expect(task.take()).toHaveLength(1);
    const refused = expect(answer).rejects.toThrow('no');
    await task.refuse('question-1', new Error('no'));
    await refused;
  });

  it('ends its call and its questions when it ends, and takes no more of either', async () => {
    const answer = expect(task.ask(QUESTION, never)).rejects.toMatchObject({ code: 'call_cancelled' });
    await task.cancel();
    await answer;
    expect(ending.signal.aborted).toBe(true);
    await expect(task.ask(QUESTION, never)).rejects.toMatchObject({ code: 'call_cancelled' });
    await task.complete({ result: { content: [] } });
    expect((await task.ended).status).toBe('cancelled');
    expect(store.statuses.at(-1)).toBe('cancelled');
  });

  it('has failed when its answer cannot be kept', async () => {
    store.isFull = true;
    await task.complete({ result: { content: [] } });
    expect(await task.ended).toMatchObject({
      status: 'failed',
      outcome: { error: { data: { code: 'task_answer_not_kept' } } },
    });
  });

  it('counts one report a second, cut short, however many a service sends', async () => {
    const heard: (string | undefined)[] = [];
    task.onChange(({ statusMessage }) => void heard.push(statusMessage));
    for (let progress = 1; progress <= 1_000; progress += 1) task.progressed({ progress, total: 1_000 });
    nowMs += 1_000;
    task.progressed({ progress: 1, message: '🙂'.repeat(1_000) });
    await task.cancel();
    expect(heard.slice(0, 2)).toEqual(['1/1000', '🙂'.repeat(250)]);
    expect(heard).toHaveLength(3);
  });

  it('is not stopped by whoever listens', async () => {
    task.onChange(() => {
      throw new AppError('bad_request');
    });
    await task.cancel();
    expect((await task.ended).status).toBe('cancelled');
  });
});
