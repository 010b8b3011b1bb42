import type { OnModuleDestroy } from '@nestjs/common';
import { AppError, Clock } from '../../platform/index.js';
import { hasEnded, type Task } from './task.js';
import { TaskStore, type TaskPage } from './task-store.js';

/** How much the process keeps in memory. */
export interface TaskBounds {
  readonly total: number;
  /** Of one person, ended ones included. */
  readonly perUser: number;
  /** Of one person, those that have not ended. */
  readonly runningPerUser: number;
  /** Outcomes of all tasks together, characters of their JSON. */
  readonly outcomes: number;
  readonly outcomesPerUser: number;
}

const MIB = 1024 * 1024;
const BOUNDS: TaskBounds = {
  total: 5_000,
  perUser: 500,
  runningPerUser: 50,
  outcomes: 256 * MIB,
  outcomesPerUser: 64 * MIB,
};
const PAGE = 100;
const SWEEP_MS = 60_000;
const COME_BACK_SECONDS = 60;

interface Kept {
  task: Task;
  weight: number;
}

/** Tasks in the memory of this process, bounded in number and in size; they end with it. */
export class InProcessTaskStore extends TaskStore implements OnModuleDestroy {
  /** In the order of their creation. */
  private readonly kept = new Map<string, Kept>();
  private readonly sweep = setInterval(() => this.forgetExpired(), SWEEP_MS).unref();
  private weight = 0;

  constructor(
    private readonly clock: Clock,
    private readonly bounds = BOUNDS,
  ) {
    super();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweep);
  }

  create(task: Task): Promise<void> {
    this.forgetExpired();
    if (!this.hasRoomFor(task.userId)) {
      return Promise.reject(new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } }));
    }
    this.kept.set(task.id, { task, weight: 0 });
    return Promise.resolve();
  }

  find(id: string, owner: string): Promise<Task | undefined> {
    const task = this.kept.get(id)?.task;
    return Promise.resolve(task?.owner === owner && !this.isExpired(task) ? task : undefined);
  }

  update(task: Task): Promise<void> {
    const kept = this.kept.get(task.id);
    if (!kept) return Promise.resolve();
    const weight = task.outcome ? JSON.stringify(task.outcome).length : 0;
    if (!this.canHold(weight - kept.weight, task.userId)) {
      return Promise.reject(new AppError('task_answer_not_kept'));
    }
    this.weight += weight - kept.weight;
    Object.assign(kept, { task, weight });
    return Promise.resolve();
  }

  list(owner: string, from?: string): Promise<TaskPage> {
    const own = [...this.kept.values()]
      .map(({ task }) => task)
      .filter((task) => task.owner === owner && !this.isExpired(task));
    const start = from === undefined ? 0 : own.findIndex(({ id }) => id === from);
    if (start < 0) {
      const fields = [{ path: 'cursor', message: 'is not a cursor of this list' }];
      return Promise.reject(new AppError('validation_failed', { fields }));
    }
    const next = own[start + PAGE]?.id;
    return Promise.resolve({ tasks: own.slice(start, start + PAGE), ...(next !== undefined && { next }) });
  }

  private hasRoomFor(userId: string): boolean {
    const own = this.of(userId);
    return (
      this.kept.size < this.bounds.total &&
      own.length < this.bounds.perUser &&
      own.filter(({ task }) => !hasEnded(task)).length < this.bounds.runningPerUser
    );
  }

  private canHold(more: number, userId: string): boolean {
    if (more <= 0) return true;
    const ofUser = this.of(userId).reduce((sum, { weight }) => sum + weight, 0);
    return this.weight + more <= this.bounds.outcomes && ofUser + more <= this.bounds.outcomesPerUser;
  }

  private of(userId: string): Kept[] {
    return [...this.kept.values()].filter(({ task }) => task.userId === userId);
  }

  private forgetExpired(): void {
    for (const [id, { task, weight }] of this.kept) {
      if (!this.isExpired(task)) continue;
      this.kept.delete(id);
      this.weight -= weight;
    }
  }

  private isExpired({ createdMs, ttlMs }: Task): boolean {
    return this.clock.now().getTime() >= createdMs + ttlMs;
  }
}
