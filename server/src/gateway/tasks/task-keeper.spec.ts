import type { AccountDirectory, CredentialKind, Principal } from '../../auth/index.js';
import { waitFor } from '@gatehouse/testing';
import { Clock, InProcessEventBus, Lifecycle, type AppError } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { InProcessTaskStore } from './in-process-task-store.js';
import type { RunningTask } from './running-task.js';
import { TaskKeeper } from './task-keeper.js';
import { DEFAULT_TASK_SETTINGS } from './task-settings.js';

const HOUR_MS = 3_600_000;

describe('the keeper of tasks', () => {
  let events: InProcessEventBus;
  let lifecycle: Lifecycle;
  let store: InProcessTaskStore;
  let keeper: TaskKeeper;
  let removed: Set<string>;

  beforeEach(() => {
    events = new InProcessEventBus();
    lifecycle = new Lifecycle();
    store = new InProcessTaskStore(new Clock());
    removed = new Set();
    const accounts = { principalOf: (id: string) => (removed.has(id) ? undefined : {}) } as unknown as AccountDirectory;
    keeper = new TaskKeeper(store, new Clock(), accounts, events, lifecycle, DEFAULT_TASK_SETTINGS);
  });

  afterEach(() => {
    keeper.onModuleDestroy();
    store.onModuleDestroy();
  });

  const callerOf = (userId: string, credentialId: string, endpoint = ''): McpCaller => {
    const credential = { kind: 'api-key' as CredentialKind, id: credentialId, name: '' };
    return { principal: { userId, credential } as Principal, catalogue: { key: endpoint } } as McpCaller;
  };
  const ann = callerOf('ann', 'one');
  const begin = async (caller = ann, ttlMs?: number): Promise<{ task: RunningTask; ending: AbortController }> => {
    const ending = new AbortController();
    return { ending, task: await keeper.begin(caller, ending, ttlMs) };
  };
  const statusOf = async (caller: McpCaller, { view }: RunningTask) => (await keeper.find(caller, view.id)).status;

  it.each([
    ['the same person with another key', callerOf('ann', 'two')],
    ['another person', callerOf('ben', 'one')],
    ['another endpoint', callerOf('ann', 'one', 's/fake')],
  ])('finds nothing for %s, running or ended', async (_, stranger) => {
    const { task } = await begin();
    await expect(keeper.find(stranger, task.view.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(keeper.findRunning(stranger, task.view.id)).rejects.toMatchObject({ code: 'not_found' });
    await task.cancel();
    await expect(keeper.find(stranger, task.view.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await keeper.list(stranger)).tasks).toEqual([]);
    expect(await statusOf(ann, task)).toBe('cancelled');
  });

  it('cancels the tasks of a revoked credential, and no others', async () => {
    const meant = await begin();
    const others = [await begin(callerOf('ann', 'two')), await begin(callerOf('ben', 'one'))];
    events.publish('credential.revoked', { kind: 'api-key', id: 'one', userId: 'ann' });
    expect((await meant.task.ended).status).toBe('cancelled');
    expect(meant.ending.signal.aborted).toBe(true);
    expect(others.map(({ ending }) => ending.signal.aborted)).toEqual([false, false]);
  });

  it('cancels the tasks of somebody whose account is gone', async () => {
    const { task } = await begin();
    removed.add('ann');
    events.publish('user.changed', { userId: 'ann', change: 'deleted' });
    expect((await task.ended).status).toBe('cancelled');
  });

  it('ends them when the process stops, and says that the effect is not known', async () => {
    const { task, ending } = await begin();
    lifecycle.drain();
    expect(await task.ended).toMatchObject({
      status: 'failed',
      outcome: { error: { data: { code: 'task_interrupted' } } },
    });
    expect(ending.signal.aborted).toBe(true);
  });

  it('ends them when their time is over', async () => {
    const { task, ending } = await begin(ann, 1);
    await task.ended;
    expect(ending.signal.aborted).toBe(true);
    // A timer may fire a little before its time by the clock.
    const isForgotten = () =>
      keeper.find(ann, task.view.id).then(
        () => false,
        (error: AppError) => error.code === 'not_found',
      );
    await waitFor('it to be forgotten', isForgotten);
  });

  it.each([
    [undefined, HOUR_MS],
    [1_000 * HOUR_MS, 24 * HOUR_MS],
    [-5, 1],
    [60_000.5, 60_001],
  ])('keeps a task that wants %p for %p ms', async (wanted, ttlMs) => {
    const { task } = await begin(ann, wanted);
    expect(task.view.ttlMs).toBe(ttlMs);
    await task.cancel();
  });
});
