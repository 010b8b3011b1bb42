import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AdminTrail, EventBus, type AdminChange, type DomainEvents, type EventType } from '../../platform/index.js';
import { AccountDirectory } from './account-directory.js';
import { AccountEpoch, EPOCH_ROW } from './account-epoch.entity.js';

/** One change of accounts under way: its transaction, and what happens in memory once that is committed. */
export class AccountChange {
  private readonly afterwards: ((directory: AccountDirectory, bus: EventBus) => void)[] = [];

  constructor(
    readonly manager: EntityManager,
    private readonly trail: AdminTrail,
  ) {}

  /** Writes the change down, in its own transaction. */
  record(change: AdminChange): Promise<void> {
    return this.trail.record(this.manager, change);
  }

  /** Brings the directory up to date after the commit. */
  apply(effect: (directory: AccountDirectory) => void): void {
    this.afterwards.push(effect);
  }

  /** Tells everybody after the commit. */
  announce<T extends EventType>(type: T, payload: DomainEvents[T]): void {
    this.afterwards.push((_, bus) => bus.publish(type, payload));
  }

  settle(directory: AccountDirectory, bus: EventBus): void {
    for (const act of this.afterwards) act(directory, bus);
  }
}

/**
 * The only way to change users, groups, roles and what depends on them.
 *
 * Changes happen one after another, in this process by a queue and between replicas by locking one row first, so that
 * a rule such as "one owner must remain" sees what it decides on. Database, directory and events cannot disagree.
 */
@Injectable()
export class AccountLedger {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
  ) {}

  /** Runs `work` in a transaction of its own. Never call it inside another change: it would wait for itself. */
  change<T>(work: (change: AccountChange) => Promise<T>): Promise<T> {
    return this.inTurn(() => this.run(work));
  }

  /** Runs `work`, which stores nothing, when every change before it is over, and before any after it. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async run<T>(work: (change: AccountChange) => Promise<T>): Promise<T> {
    const { change, answer } = await this.source.transaction(async (manager) => {
      await manager.increment(AccountEpoch, { id: EPOCH_ROW }, 'epoch', 1);
      const change = new AccountChange(manager, this.trail);
      return { change, answer: await work(change) };
    });
    change.settle(this.directory, this.bus);
    return answer;
  }
}
