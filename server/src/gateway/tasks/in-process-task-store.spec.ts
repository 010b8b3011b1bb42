import { Clock } from '../../platform/index.js';
import { InProcessTaskStore, type TaskBounds } from './in-process-task-store.js';
import type { Task } from './task.js';

class StoppedClock extends Clock {
  ms = 0;

  override now(): Date {
    return new Date(this.ms);
  }
}

const BOUNDS: TaskBounds = { total: 4, perUser: 3, runningPerUser: 2, outcomes: 400, outcomesPerUser: 250 };

describe('tasks in memory', () => {
  let clock: StoppedClock;
  let store: InProcessTaskStore;

  beforeEach(() => {
    clock = new StoppedClock();
    store = new InProcessTaskStore(clock, BOUNDS);
  });

  afterEach(() => store.onModuleDestroy());

  const taskOf = (id: string, owner = 'ann', change: Partial<Task> = {}): Task => ({
    id,
    owner,
    userId: owner,
    status: 'working',
    createdMs: clock.ms,
    updatedMs: clock.ms,
    ttlMs: 1_000,
    questions: {},
    ...change,
  });
  const ended = (task: Task, text = ''): Task => ({
    ...task,
    status: 'completed',
    outcome: { result: { content: [{ type: 'text', text }] } },
  });

  it('are found by their owner only', async () => {
    await store.create(taskOf('one'));
    expect(await store.find('one', 'ann')).toMatchObject({ id: 'one' });
    expect(await store.find('one', 'ben')).toBeUndefined();
    expect(await store.find('two', 'ann')).toBeUndefined();
  });

  it('are there until their time is over, and not a moment longer', async () => {
    await store.create(taskOf('one'));
    clock.ms = 999;
    expect(await store.find('one', 'ann')).toBeDefined();
    clock.ms = 1_000;
    expect(await store.find('one', 'ann')).toBeUndefined();
    expect((await store.list('ann')).tasks).toEqual([]);
  });

  it('are bounded in those that run, and make room by ending', async () => {
    await store.create(taskOf('one'));
    await store.create(taskOf('two'));
    await expect(store.create(taskOf('three'))).rejects.toMatchObject({ code: 'too_many_calls' });
    await store.update(ended(taskOf('one')));
    await store.create(taskOf('three'));
  });

  it('are bounded per person, ended ones included, and make room by expiring', async () => {
    for (const id of ['one', 'two', 'three']) {
      await store.create(taskOf(id));
      await store.update(ended(taskOf(id)));
    }
    await expect(store.create(taskOf('four'))).rejects.toMatchObject({ code: 'too_many_calls' });
    clock.ms = 1_000;
    await store.create(taskOf('four'));
  });

  it('are bounded in all, without regard to the person', async () => {
    for (const owner of ['ann', 'ben', 'cem', 'dan']) await store.create(taskOf(owner, owner));
    await expect(store.create(taskOf('eve', 'eve'))).rejects.toMatchObject({ code: 'too_many_calls' });
  });

  it('are bounded in what they answered with, per person and in all', async () => {
    const answer = 'x'.repeat(100);
    for (const owner of ['ann', 'ben', 'cem']) await store.create(taskOf(owner, owner));
    await store.create(taskOf('second', 'ann'));
    await store.update(ended(taskOf('ann'), answer));
    const refused = { code: 'task_answer_not_kept' };
    await expect(store.update(ended(taskOf('second', 'ann'), answer))).rejects.toMatchObject(refused);
    await store.update(ended(taskOf('ben', 'ben'), answer));
    await expect(store.update(ended(taskOf('cem', 'cem'), answer))).rejects.toMatchObject(refused);
    clock.ms = 1_000;
    await store.create(taskOf('third'));
    await store.update(ended(taskOf('third'), answer));
  });

  it('are listed page by page to their owner', async () => {
    const many = new InProcessTaskStore(clock, { ...BOUNDS, total: 500, perUser: 500, runningPerUser: 500 });
    for (let at = 0; at < 150; at += 1) await many.create(taskOf(`task-${at}`));
    await many.create(taskOf('foreign', 'ben'));
    const first = await many.list('ann');
    const second = await many.list('ann', first.next);
    expect([...first.tasks, ...second.tasks].map(({ id }) => id)).toEqual(
      Array.from({ length: 150 }, (_, at) => `task-${at}`),
    );
    expect(second.next).toBeUndefined();
    await expect(many.list('ben', first.next)).rejects.toMatchObject({ code: 'validation_failed' });
    many.onModuleDestroy();
  });
});
