import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { CredentialStanding, Principal } from '../auth/index.js';
import {
  AddressPolicy,
  AdminTrail,
  Clock,
  Egress,
  InProcessEventBus,
  Lifecycle,
  MemoryWatch,
  Metrics,
  SecretBox,
} from '../platform/index.js';
import { HandMemory } from '../../spec/hand-memory.js';
import { CallbackCourier } from './callback/callback-courier.js';
import { JobDesk } from './job-desk.js';
import { JobRow } from './job.entity.js';
import { JobHandlers, type JobHandler } from './job-handler.js';
import { JobRunner } from './job-runner.js';
import { JobStore } from './job-store.js';

/** A clock that a spec moves. */
export class HandClock extends Clock {
  private atMs = Date.parse('2026-11-28T12:00:00Z');

  override now(): Date {
    return new Date(this.atMs);
  }

  pass(ms: number): void {
    this.atMs += ms;
  }
}

class NoTrail extends AdminTrail {
  async record(_manager: EntityManager): Promise<void> {}
}

export const person = (userId: string, permissions: Principal['permissions'] = new Set()): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions,
  credential: { kind: 'session', id: `session-of-${userId}`, name: userId },
  serviceIds: null,
});

/** Everybody who is not in `gone` may still act. */
export class Standing implements Pick<CredentialStanding, 'renew' | 'mayGoOn'> {
  readonly gone = new Set<string>();

  renew: CredentialStanding['renew'] = (kept) =>
    Promise.resolve(this.gone.has(kept.userId) ? undefined : person(kept.userId));

  mayGoOn: CredentialStanding['mayGoOn'] = (kept) => Promise.resolve(!this.gone.has(kept.userId));
}

class HastyRunner extends JobRunner {
  protected override readonly graceMs = 0;
}

/** One process with jobs, as far as it matters here; several may share a database and a clock. */
export class Node {
  readonly bus = new InProcessEventBus();
  readonly handlers = new JobHandlers();
  readonly standing = new Standing();
  readonly store: JobStore;
  readonly desk: JobDesk;
  readonly runner: JobRunner;
  readonly courier: CallbackCourier;
  readonly egress: Egress;
  readonly memory = new HandMemory();
  readonly watch = new MemoryWatch(this.memory, new Metrics());

  constructor(
    source: DataSource,
    readonly clock: HandClock,
    { allow = ['loopback'], handler }: { allow?: string[]; handler?: JobHandler } = {},
  ) {
    const box = new SecretBox({ current: 'k1', keys: new Map([['k1', BOX_KEY]]) });
    this.egress = new Egress(new AddressPolicy(allow));
    this.store = new JobStore(source.getRepository(JobRow));
    this.desk = new JobDesk(this.store, box, this.egress, new NoTrail(), source, clock, this.bus, this.watch);
    const standing = this.standing as unknown as CredentialStanding;
    this.runner = new HastyRunner(this.store, this.handlers, standing, clock, this.bus, this.watch, new Lifecycle());
    this.courier = new CallbackCourier(this.store, box, this.egress, clock, this.bus);
    if (handler) this.handlers.register(handler);
  }

  async stop(): Promise<void> {
    await this.runner.beforeApplicationShutdown();
    await this.courier.beforeApplicationShutdown();
    await this.egress.onApplicationShutdown();
    this.watch.onModuleDestroy();
  }
}

const BOX_KEY = randomBytes(32);
