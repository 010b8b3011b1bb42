import { randomUUID } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CredentialStanding } from '../auth/index.js';
import {
  Clock,
  EventBus,
  Lifecycle,
  MemoryWatch,
  beginsWork,
  databaseKind,
  type Unsubscribe,
} from '../platform/index.js';
import { claim, interrupt, isAbandoned } from './job.js';
import type { JobRow } from './job.entity.js';
import { JobHandlers } from './job-handler.js';
import { JobStore } from './job-store.js';
import { RunningJob } from './running-job.js';
import { WakingLoop } from './waking-loop.js';

/** How many jobs run at once, in this process and of one person. */
const SEATS = 16;
const SEATS_OF_ONE = 4;
/** How often it is looked for jobs that nobody woke us for, ms. */
const LOOK_EVERY_MS = 5_000;
/** How long jobs have to notice that they must stop, ms. */
const LAST_WORDS_MS = 2_000;

/** Claims jobs that wait, runs them, and takes over those whose runner is gone. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** How long jobs may go on when the process is asked to stop, ms. */
  protected readonly graceMs: number = 5_000;
  private readonly running = new Map<string, RunningJob>();
  private readonly loop = new WakingLoop('JobRunner', () => this.turn());
  private readonly subscriptions: Unsubscribe[];
  private isStopping = false;

  constructor(
    private readonly store: JobStore,
    private readonly handlers: JobHandlers,
    private readonly standing: CredentialStanding,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly memory: MemoryWatch,
    lifecycle: Lifecycle,
  ) {
    this.subscriptions = [
      bus.subscribe('job.queued', () => this.loop.wake()),
      bus.subscribe('job.cancel-requested', ({ jobId }) => this.running.get(jobId)?.stop('cancelled')),
    ];
    lifecycle.whenDraining(() => (this.isStopping = true));
  }

  /** Of this process, and never used again after it. */
  readonly node: string = randomUUID();

  onApplicationBootstrap(): void {
    this.loop.start(LOOK_EVERY_MS);
  }

  /** Begins nothing more; what runs gets a moment to end, and is then broken off. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    await this.loop.stop();
    await this.allDone(this.graceMs);
    for (const job of this.running.values()) job.stop('shutdown');
    await this.allDone(LAST_WORDS_MS);
  }

  /** One look: first what others left behind, then what waits. */
  async turn(): Promise<void> {
    await this.takeOver();
    while (!this.isStopping && this.running.size < SEATS && beginsWork(this.memory.level) && (await this.claimSome()));
  }

  private async takeOver(): Promise<void> {
    const onlyNode = databaseKind() === 'sqlite' ? this.node : undefined;
    const now = this.clock.now();
    for (const row of await this.store.abandoned(now, onlyNode)) {
      if (!isAbandoned(row, now, onlyNode)) continue;
      const move = interrupt({ ...row, idempotent: this.mayRepeat(row) }, now);
      const moved = move && (await this.store.move(row, move, { sameLease: true }));
      if (moved) this.announce(moved);
    }
  }

  /** Both must say so: the administrator when the job began, and now. */
  private mayRepeat({ kind, idempotent, payload }: JobRow): boolean {
    return idempotent && (this.handlers.find(kind)?.mayRepeat(payload) ?? false);
  }

  /** @returns whether there may be more */
  private async claimSome(): Promise<boolean> {
    const waiting = await this.store.waiting(this.busyOwners());
    let claimed = 0;
    for (const row of waiting) {
      if (this.isStopping || this.running.size >= SEATS) break;
      if (this.runningOf(row.ownerId) >= SEATS_OF_ONE) continue;
      const move = claim(row, this.node, this.clock.now());
      const mine = move && (await this.store.move(row, move));
      if (!mine) continue;
      this.begin(mine);
      claimed += 1;
    }
    return claimed > 0;
  }

  private begin(row: JobRow): void {
    const { store, handlers, standing, clock } = this;
    const job = new RunningJob(row, { store, handlers, standing, clock, onMoved: (moved) => this.announce(moved) });
    this.running.set(row.id, job);
    void job.done.then(() => {
      this.running.delete(row.id);
      this.loop.wake();
    });
  }

  private announce({ id, status, progress, ownerId, credentialId }: JobRow): void {
    this.bus.publish('job.changed', { jobId: id, status, progress, ownerId, credentialId });
  }

  private busyOwners(): string[] {
    const owners = new Set([...this.running.values()].map(({ ownerId }) => ownerId));
    return [...owners].filter((ownerId) => this.runningOf(ownerId) >= SEATS_OF_ONE);
  }

  private runningOf(ownerId: string): number {
    return [...this.running.values()].filter((job) => job.ownerId === ownerId).length;
  }

  private async allDone(patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([patience, Promise.all([...this.running.values()].map(({ done }) => done))]);
    clearTimeout(timer);
  }
}
