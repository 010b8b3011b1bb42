import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { AccountDirectory, isRevoked, type Principal } from '../../auth/index.js';
import { AppError, Clock, EventBus, Lifecycle, type Unsubscribe } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { RunningTask } from './running-task.js';
import type { Task } from './task.js';
import { TASK_SETTINGS, type TaskSettings } from './task-settings.js';
import { TaskStore, type TaskPage } from './task-store.js';

/** Every task of the gateway, for its owner: the same person with the same credential at the same endpoint. */
@Injectable()
export class TaskKeeper implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly running = new Map<string, RunningTask>();
  private readonly subscriptions: Unsubscribe[];

  constructor(
    private readonly store: TaskStore,
    private readonly clock: Clock,
    private readonly accounts: AccountDirectory,
    events: EventBus,
    lifecycle: Lifecycle,
    @Inject(TASK_SETTINGS) private readonly settings: TaskSettings,
  ) {
    this.subscriptions = [
      // Sessions of an app that changed end by themselves in minutes; one app's change must not end the tasks of all.
      events.subscribe('credential.revoked', (revoked) =>
        this.cancelWhere((owner) => revoked.appId === undefined && isRevoked(revoked, owner)),
      ),
      events.subscribe('user.changed', () => this.cancelWhere(({ userId }) => !this.accounts.principalOf(userId))),
    ];
    lifecycle.whenDraining(() => void this.interruptAll());
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.interruptAll();
  }

  /**
   * @param ending aborted when the task has ended, however it did
   * @throws {AppError} `too_many_calls`
   */
  async begin(caller: McpCaller, ending: AbortController, ttlMs = this.settings.ttlMs): Promise<RunningTask> {
    const nowMs = this.nowMs();
    const task: Task = {
      id: randomUUID(),
      owner: ownerOf(caller),
      userId: caller.principal.userId,
      status: 'working',
      createdMs: nowMs,
      updatedMs: nowMs,
      ttlMs: Math.min(Math.max(1, Math.ceil(ttlMs)), this.settings.longestTtlMs),
      questions: {},
    };
    await this.store.create(task);
    const running = new RunningTask(task, caller.principal, ending, this.store, () => this.nowMs());
    this.running.set(task.id, running);
    const tooLate = setTimeout(() => void running.cancel(), task.ttlMs).unref();
    void running.ended.then(() => {
      clearTimeout(tooLate);
      this.running.delete(task.id);
    });
    return running;
  }

  /** @throws {AppError} `not_found` for unknown, expired and other people's tasks alike */
  async find(caller: McpCaller, id: string): Promise<Task> {
    const task = this.runningOf(caller, id)?.view ?? (await this.store.find(id, ownerOf(caller)));
    if (!task) throw new AppError('not_found');
    return task;
  }

  /** The same while its call runs; undefined for tasks that have ended. @throws {AppError} `not_found` */
  async findRunning(caller: McpCaller, id: string): Promise<RunningTask | undefined> {
    await this.find(caller, id);
    return this.runningOf(caller, id);
  }

  list(caller: McpCaller, from?: string): Promise<TaskPage> {
    return this.store.list(ownerOf(caller), from);
  }

  private runningOf(caller: McpCaller, id: string): RunningTask | undefined {
    const running = this.running.get(id);
    return running?.view.owner === ownerOf(caller) ? running : undefined;
  }

  private async cancelWhere(isMeant: (owner: Principal) => boolean): Promise<void> {
    const meant = [...this.running.values()].filter(({ principal }) => isMeant(principal));
    await Promise.all(meant.map((running) => running.cancel()));
  }

  private async interruptAll(): Promise<void> {
    const error = new AppError('task_interrupted');
    await Promise.all([...this.running.values()].map((running) => running.fail(error)));
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}

const ownerOf = ({ principal: { userId, credential }, catalogue }: McpCaller): string =>
  JSON.stringify([userId, credential.kind, credential.id, catalogue.key]);
