import { after, hasEnded, type Task, type TaskEvent, type TaskStatus } from './task.js';

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
const QUESTION = { method: 'elicitation/create', params: { message: 'Really?' } } as const;

const asked = (key: string): TaskEvent => ({ kind: 'asked', key, question: QUESTION });
const settled = (...keys: string[]): TaskEvent => ({ kind: 'settled', keys });
const completed: TaskEvent = { kind: 'completed', answer: { result: { content: [] } } };
const failed: TaskEvent = { kind: 'failed', error: { code: 502, message: 'It broke.' } };
const cancelled: TaskEvent = { kind: 'cancelled' };
const progressed: TaskEvent = { kind: 'progressed', message: 'half' };

const through = (...events: TaskEvent[]): Task => events.reduce((task, event) => after(task, event, 5), FRESH);

describe('a task', () => {
  it.each<[TaskStatus, TaskEvent[]]>([
    ['working', [progressed]],
    ['input_required', [asked('a')]],
    ['input_required', [asked('a'), asked('b'), settled('a')]],
    ['input_required', [asked('a'), settled('somebody else’s')]],
    ['working', [asked('a'), asked('b'), settled('a'), settled('b')]],
    ['input_required', [asked('a'), settled('a'), asked('b')]],
    ['completed', [completed]],
    ['failed', [asked('a'), failed]],
    ['cancelled', [asked('a'), cancelled]],
  ])('is %s after %j', (status, events) => {
    expect(through(...events).status).toBe(status);
  });

  it.each([completed, failed, cancelled])('stays as it ended: %j', (end) => {
    const ended = through(asked('a'), end);
    expect(hasEnded(ended)).toBe(true);
    expect(ended.questions).toEqual({});
    for (const event of [asked('b'), settled('a'), progressed, completed, failed, cancelled]) {
      expect(after(ended, event, 9)).toBe(ended);
    }
  });

  it('shows only what nobody has answered yet', () => {
    expect(through(asked('a'), asked('b'), settled('a')).questions).toEqual({ b: QUESTION });
  });

  it('has an outcome when it completed or failed, and a reason to show when it failed', () => {
    expect(through(completed).outcome).toEqual({ result: { content: [] } });
    expect(through(failed)).toMatchObject({ statusMessage: 'It broke.', outcome: { error: { code: 502 } } });
    expect(through(cancelled).outcome).toBeUndefined();
  });

  it('is the same object, not updated, when nothing changed', () => {
    const waiting = through(asked('a'));
    expect(after(waiting, settled('b'), 9)).toBe(waiting);
    expect(waiting.updatedMs).toBe(5);
  });
});
