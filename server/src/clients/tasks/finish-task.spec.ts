import { ProtocolError } from '@modelcontextprotocol/client';
import type { Era, ForeignObject } from '../../services/index.js';
import { MalformedResult } from '../connection/result-shape.js';
import { finishTask, type TaskKeeper, type TaskWaiter } from './finish-task.js';
import { nextStep, TaskCancelled } from './next-step.js';
import { createdTask, readTask } from './task-view.js';

const view = (status: string, more: ForeignObject = {}) =>
  readTask({ taskId: 't', status, pollIntervalMs: 0, ...more });
const nothing = new Set<string>();
const question = { method: 'elicitation/create', params: { message: 'Sure?' } };

describe('what a service says of a task', () => {
  it.each([
    ['flat, since 2026-07-28', { resultType: 'task', taskId: 't', status: 'working', pollIntervalMs: 250 }],
    ['under a key, in 2025-11-25', { task: { taskId: 't', status: 'working', pollInterval: 250 } }],
  ])('is read %s', (_where, result) => {
    expect(createdTask(result)).toEqual({ taskId: 't', status: 'working', pollMs: 250 });
  });

  it('is no task in an ordinary answer, whatever a tool writes into it', () => {
    expect(createdTask({ content: [], structuredContent: { task: { taskId: 't' } } })).toBeUndefined();
    expect(createdTask({ content: [], task: 'clean up' })).toBeUndefined();
  });

  it.each([
    ['no id', { resultType: 'task', status: 'working' }],
    ['an endless id', { resultType: 'task', taskId: 'x'.repeat(2_000), status: 'working' }],
    ['an unknown status', { resultType: 'task', taskId: 't', status: 'resting' }],
  ])('is refused with %s', (_what, result) => {
    expect(() => createdTask(result)).toThrow(MalformedResult);
  });

  it.each([
    [undefined, 1_000],
    [-5, 100],
    [0, 100],
    [5_000, 5_000],
    [86_400_000, 30_000],
    ['soon', 1_000],
    [Number.NaN, 1_000],
  ])('asks for a look every %p ms and gets %p', (wanted, pollMs) => {
    expect(view('working', { pollIntervalMs: wanted }).pollMs).toBe(pollMs);
  });

  it('is cut where it talks at length', () => {
    expect(view('working', { statusMessage: 'x'.repeat(5_000) }).statusMessage).toHaveLength(1_000);
  });
});

describe('the next step', () => {
  const done = { content: [], structuredContent: 1 };

  it.each([
    ['modern', view('working'), 'wait'],
    ['legacy', view('working'), 'wait'],
    ['modern', view('completed', { result: done }), 'done'],
    ['modern', view('completed'), 'fail'],
    ['modern', view('completed', { result: { resultType: 'input_required' } }), 'fail'],
    ['modern', view('failed', { error: { code: -32000, message: 'no' } }), 'fail'],
    ['modern', view('failed'), 'fail'],
    ['modern', view('input_required', { inputRequests: { a: question } }), 'ask'],
    ['modern', view('input_required'), 'wait'],
    ['legacy', view('completed'), 'collect'],
    ['legacy', view('failed'), 'collect'],
    ['legacy', view('input_required'), 'collect'],
    ['modern', view('cancelled'), 'fail'],
    ['legacy', view('cancelled'), 'fail'],
  ] as const)('in the %s era, for %j, is to %s', (era, task, kind) => {
    expect(nextStep(task, era, nothing).kind).toBe(kind);
  });

  it('puts no question twice', () => {
    const both = view('input_required', { inputRequests: { a: question, b: question } });
    expect(nextStep(both, 'modern', new Set(['a']))).toEqual({ kind: 'ask', questions: { b: question } });
    expect(nextStep(both, 'modern', new Set(['a', 'b'])).kind).toBe('wait');
  });

  it("gives the service's own words for a failure", () => {
    const step = nextStep(view('failed', { error: { code: -32050, message: 'disk full' } }), 'modern', nothing);
    expect(step).toMatchObject({ error: { message: 'disk full', code: -32050 } });
  });
});

/** Answers from a script, the last line of each method for ever, and writes down what it was asked. */
function aKeeper(script: Record<string, (object | Error)[]>, era: Era = 'modern') {
  const asked: string[] = [];
  const keeper: TaskKeeper = {
    era,
    request: async (method, params) => {
      asked.push(method === 'tasks/update' ? `${method} ${JSON.stringify(params.inputResponses)}` : method);
      const lines = script[method] ?? [{}];
      const line = lines.length > 1 ? lines.shift()! : lines[0];
      if (line instanceof Error) throw line;
      return line as Record<string, unknown>;
    },
    mayRecover: (error) => error instanceof Error && error.message === 'passing',
    onStatus: () => () => undefined,
  };
  return { keeper, asked };
}

const aWaiter = (change: Partial<TaskWaiter> = {}): TaskWaiter => ({
  signal: new AbortController().signal,
  ask: async (questions) => Object.fromEntries(Object.keys(questions).map((key) => [key, { action: 'accept' }])),
  ...change,
});

describe('waiting for a task', () => {
  it('ends with the answer of a modern service, and tells how far it has come', async () => {
    const told: unknown[] = [];
    const { keeper, asked } = aKeeper({
      'tasks/get': [
        view('working', { statusMessage: 'half' }),
        view('working', { statusMessage: 'half' }),
        view('completed', { result: { content: [], structuredContent: [1], resultType: 'complete' } }),
      ],
    });
    const waiter = aWaiter({ onProgress: (progress) => told.push(progress) });
    expect(await finishTask(view('working', { statusMessage: 'begun' }), keeper, waiter)).toEqual({
      content: [],
      structuredContent: [1],
    });
    expect(told).toEqual([
      { progress: 1, message: 'begun' },
      { progress: 2, message: 'half' },
    ]);
    expect(asked).toEqual(['tasks/get', 'tasks/get', 'tasks/get']);
  });

  it('collects the answer of a legacy service, which then looks like any other', async () => {
    const _meta = { 'io.modelcontextprotocol/related-task': { taskId: 't' }, 'example.com/kept': 1 };
    const { keeper } = aKeeper(
      { 'tasks/get': [view('completed')], 'tasks/result': [{ content: [], _meta }] },
      'legacy',
    );
    expect(await finishTask(view('working'), keeper, aWaiter())).toEqual({
      content: [],
      _meta: { 'example.com/kept': 1 },
    });
  });

  it('puts the questions of a modern service, once, and goes on', async () => {
    const waiting = view('input_required', { inputRequests: { a: question } });
    const { keeper, asked } = aKeeper({
      'tasks/get': [waiting, waiting, view('completed', { result: { content: [] } })],
    });
    await finishTask(view('working'), keeper, aWaiter());
    expect(asked).toEqual(['tasks/get', 'tasks/update {"a":{"action":"accept"}}', 'tasks/get', 'tasks/get']);
  });

  it('survives looks that fail for a moment, and none that fail for good', async () => {
    const passing = new Error('passing');
    const done = view('completed', { result: { content: [] } });
    const flaky = aKeeper({ 'tasks/get': [passing, done] });
    expect(await finishTask(view('working'), flaky.keeper, aWaiter())).toEqual({ content: [] });
    const gone = aKeeper({ 'tasks/get': [ProtocolError.fromError(-32602, 'no such task')] });
    await expect(finishTask(view('working'), gone.keeper, aWaiter())).rejects.toThrow('no such task');
  });

  it.each([
    ['nobody can be asked', { ask: () => Promise.reject(new Error('refused')) }, 'refused'],
    ['its caller has gone', { signal: AbortSignal.abort(new Error('gone')) }, 'gone'],
  ] as const)('cancels the task when %s', async (_why, change, message) => {
    const { keeper, asked } = aKeeper({ 'tasks/get': [view('input_required', { inputRequests: { a: question } })] });
    await expect(finishTask(view('working'), keeper, aWaiter(change))).rejects.toThrow(message);
    expect(asked.at(-1)).toBe('tasks/cancel');
  });

  it('does not cancel what has ended', async () => {
    const { keeper, asked } = aKeeper({ 'tasks/get': [view('cancelled')] });
    await expect(finishTask(view('working'), keeper, aWaiter())).rejects.toThrow(TaskCancelled);
    expect(asked).toEqual(['tasks/get']);
  });

  it('looks at once when the service says that something changed, but not at every word of a flood', async () => {
    let wake: () => void = () => undefined;
    const { keeper, asked } = aKeeper({
      'tasks/get': [view('working'), view('completed', { result: { content: [] } })],
    });
    const flooding = { ...keeper, onStatus: (_id: string, call: () => void) => ((wake = call), () => undefined) };
    const flood = setInterval(() => Array.from({ length: 100 }, () => wake()), 1);
    await finishTask({ ...view('working'), pollMs: 60_000 }, flooding, aWaiter());
    clearInterval(flood);
    expect(asked).toEqual(['tasks/get', 'tasks/get']);
  });
});
