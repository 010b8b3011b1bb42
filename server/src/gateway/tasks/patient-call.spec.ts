import type { CallToolResult } from '@modelcontextprotocol/server';
import { InputRequired, type Counterpart, type Question } from '../../clients/index.js';
import type { Principal } from '../../auth/index.js';
import { AppError, Clock } from '../../platform/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { InProcessTaskStore } from './in-process-task-store.js';
import { PatientCall } from './patient-call.js';
import { RunningTask } from './running-task.js';
import type { Task } from './task.js';

const FOR_EVER = 1 << 30;
const QUESTION: Question = { method: 'elicitation/create', params: { message: 'Really?' } };
const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });
const principal = { userId: 'ann' } as Principal;

const TASK: Task = {
  id: 'task',
  owner: 'ann',
  userId: 'ann',
  status: 'working',
  createdMs: Date.now(),
  updatedMs: Date.now(),
  ttlMs: 60_000,
  questions: {},
};

describe('a call of a client that knows tasks', () => {
  let store: InProcessTaskStore;
  let ending: AbortController;
  let request: AbortController;
  let askedOfClient: Question[];
  /** Of the call, as the path would see it. */
  let origin: CallOrigin & { signal: AbortSignal };

  beforeEach(() => {
    store = new InProcessTaskStore(new Clock());
    ending = new AbortController();
    request = new AbortController();
    askedOfClient = [];
  });

  afterEach(() => store.onModuleDestroy());

  const begin = async (): Promise<RunningTask> => {
    await store.create(TASK);
    return new RunningTask(TASK, principal, ending, store, () => Date.now());
  };
  const refuse = (): Promise<RunningTask> => Promise.reject(new AppError('too_many_calls'));

  const run = (work: () => Promise<CallToolResult>, { patienceMs = FOR_EVER, make = begin } = {}) => {
    const counterpart: Counterpart = {
      capabilities: {},
      takesInputRequired: true,
      ask: (question) => {
        askedOfClient.push(question);
        return Promise.resolve({ action: 'decline' });
      },
    };
    const from: CallOrigin = { principal, door: 'mcp', signal: request.signal, counterpart };
    const tool = {
      service: 'fake',
      shown: (question: Question) => question,
      run: (seen: CallOrigin) => {
        origin = seen as typeof origin;
        return work();
      },
    };
    return new PatientCall(from, tool, ending, make).run(patienceMs);
  };

  /** Its task; fails when there is none. */
  const taskOf = async (answer: ReturnType<typeof run>): Promise<RunningTask> => {
    const got = await answer;
    if (!('task' in got)) throw new Error('no task');
    return got.task;
  };
  /** The key of its open question, once there is one. */
  const openKey = async (task: RunningTask): Promise<string> => {
    const waiting = Promise.withResolvers<void>();
    const look = (): void => void (task.view.status === 'input_required' && waiting.resolve());
    task.onChange(look);
    look();
    await waiting.promise;
    return Object.keys(task.view.questions)[0] ?? '';
  };
  const forEver = (): Promise<CallToolResult> =>
    new Promise((_, reject) => origin.signal.addEventListener('abort', () => reject(new AppError('call_cancelled'))));

  it('is answered like any other when it is quick', async () => {
    expect(await run(() => Promise.resolve(text('quick')))).toEqual({ result: text('quick') });
    await expect(run(() => Promise.reject(new AppError('upstream_lost')))).rejects.toMatchObject({
      code: 'upstream_lost',
    });
  });

  it('becomes a task when it takes long, and may then take an hour', async () => {
    const task = await taskOf(run(forEver, { patienceMs: 0 }));
    expect(task.view.status).toBe('working');
    expect(origin.longRunning).toBe(true);
    await task.cancel();
  });

  it('becomes one at once when the service runs it as one', async () => {
    const work = Promise.withResolvers<CallToolResult>();
    const answer = run(() => work.promise);
    origin.onTask?.();
    const task = await taskOf(answer);
    work.resolve(text('done'));
    expect(await task.ended).toMatchObject({ status: 'completed', outcome: { result: text('done') } });
  });

  it('becomes one when the service asks, which its owner then answers', async () => {
    const task = await taskOf(
      run(async () => text(JSON.stringify(await origin.counterpart?.ask(QUESTION, origin.signal)))),
    );
    await task.answer({ [await openKey(task)]: { action: 'accept' } });
    expect(await task.ended).toMatchObject({ outcome: { result: text('{"action":"accept"}') } });
    expect(askedOfClient).toEqual([]);
  });

  it('has the answer in its task when it ends in the moment in which that is made', async () => {
    const task = await taskOf(
      run(() => {
        origin.onTask?.();
        return Promise.resolve(text('at once'));
      }),
    );
    expect(await task.ended).toMatchObject({ outcome: { result: text('at once') } });
  });

  it('stays a call when there is no room for its task, and its client is asked as ever', async () => {
    const answer = run(async () => text(JSON.stringify(await origin.counterpart?.ask(QUESTION, origin.signal))), {
      patienceMs: 0,
      make: refuse,
    });
    expect(await answer).toEqual({ result: text('{"action":"decline"}') });
    expect(askedOfClient).toEqual([QUESTION]);
  });

  it('ends with its request before it is a task, and goes on without it afterwards', async () => {
    const ended = run(forEver);
    request.abort();
    await expect(ended).rejects.toMatchObject({ code: 'call_cancelled' });
    ending = new AbortController();
    request = new AbortController();
    const task = await taskOf(run(forEver, { patienceMs: 0 }));
    request.abort();
    expect(origin.signal.aborted).toBe(false);
    await task.cancel();
    expect(origin.signal.aborted).toBe(true);
    expect(task.view.status).toBe('cancelled');
  });

  it('leaves the questions of a modern service to the door before it is a task', async () => {
    await expect(run(() => Promise.reject(new InputRequired({ a: QUESTION }, 'state')))).rejects.toBeInstanceOf(
      InputRequired,
    );
  });

  it('puts them on the task afterwards, and calls again with the answers and the service’s state', async () => {
    const answer = run(() => {
      if (origin.continuation) return Promise.resolve(text(JSON.stringify(origin.continuation)));
      origin.onTask?.();
      return Promise.reject(new InputRequired({ theirs: QUESTION }, 'state'));
    });
    const task = await taskOf(answer);
    await task.answer({ [await openKey(task)]: { action: 'accept' } });
    expect(await task.ended).toMatchObject({
      outcome: { result: text('{"inputResponses":{"theirs":{"action":"accept"}},"requestState":"state"}') },
    });
  });

  it('fails when a service never stops to come back with questions', async () => {
    const task = await taskOf(
      run(() => {
        origin.onTask?.();
        return Promise.reject(new InputRequired({}, 'again'));
      }),
    );
    expect(await task.ended).toMatchObject({ status: 'failed', outcome: { error: { code: 502 } } });
  });
});
