import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobStatus } from '@gatehouse/contracts';
import { holds, keptOf, onTrail, type Principal } from '../auth/index.js';
import { AdminTrail, AppError, Clock, Egress, EventBus, MemoryWatch, SecretBox, type Page } from '../platform/index.js';
import type { Callback } from './callback/delivery.js';
import { cancel } from './job.js';
import { JobRow } from './job.entity.js';
import { JobStore, type Sight } from './job-store.js';

/** How many jobs of one person may wait and run at once. */
const UNDER_WAY_PER_PERSON = 100;
/** When to come back if there are too many, s. */
const COME_BACK_SECONDS = 10;
const LONGEST_TITLE = 400;
/** A job may move while it is being cancelled; it moves no more than a few times in all. */
const CANCEL_ATTEMPTS = 5;

/** A job to be made. */
export interface JobDraft {
  readonly kind: string;
  readonly title: string;
  readonly principal: Principal;
  readonly payload: unknown;
  /** Doing it twice does no harm: an administrator says so. */
  readonly idempotent: boolean;
  readonly callback?: Callback | undefined;
}

/** Where callbacks of a job are sealed for. */
export const callbackPlace = (jobId: string): string => `job:${jobId}:sealed_callback`;

/** Takes jobs in, shows them to those whose they are, and cancels them. */
@Injectable()
export class JobDesk {
  /** Jobs of a person that are being written right now: they count, too. */
  private readonly arriving = new Map<string, number>();

  constructor(
    private readonly store: JobStore,
    private readonly box: SecretBox,
    private readonly egress: Egress,
    private readonly trail: AdminTrail,
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly memory: MemoryWatch,
  ) {}

  /**
   * Takes a job in; it is durable when this resolves, and begins when there is room.
   *
   * @throws {AppError} `memory_short` · `job_queue_full` · `egress_refused` for the address of the callback
   */
  async submit(draft: JobDraft): Promise<JobRow> {
    this.memory.demandRoom();
    if (draft.callback) this.egress.checkUrl(new URL(draft.callback.url));
    const row = this.rowOf(draft);
    await this.withinShare(row.ownerId, () => this.store.insert(row));
    this.bus.publish('job.queued', { jobId: row.id });
    this.announce(row);
    return row;
  }

  /** @throws {AppError} `not_found`, also for what is somebody else's */
  async demand(caller: Principal, id: string): Promise<JobRow> {
    const row = await this.store.find(id);
    if (!row || !sees(caller, row)) throw new AppError('not_found');
    return row;
  }

  /** Newest first. @param everybody all jobs, for those who may see them */
  page(
    caller: Principal,
    query: { everybody: boolean; status?: JobStatus | undefined; limit: number; cursor: string | undefined },
  ): Promise<Page<JobRow>> {
    const seesAll = query.everybody && holds(caller, 'jobs:manage');
    return this.store.page(seesAll ? undefined : sightOf(caller), query);
  }

  /**
   * Ends a job that waits, and asks one that runs to stop. One that is over stays as it is.
   *
   * @returns the job as it is then
   * @throws {AppError} `not_found`
   */
  async cancel(caller: Principal, id: string): Promise<JobRow> {
    for (let attempt = 0; attempt < CANCEL_ATTEMPTS; attempt += 1) {
      const seen = await this.demand(caller, id);
      const move = cancel(seen, this.clock.now());
      if (!move) return seen;
      const moved = await this.store.move(seen, move);
      if (!moved) continue;
      if (moved.ownerId !== caller.userId) await this.record(caller, moved);
      if (moved.cancelRequested) this.bus.publish('job.cancel-requested', { jobId: id });
      this.announce(moved);
      return moved;
    }
    return this.demand(caller, id);
  }

  private rowOf({ kind, title, principal, payload, idempotent, callback }: JobDraft): JobRow {
    const id = randomUUID();
    return Object.assign(new JobRow(), {
      id,
      kind,
      title: title.slice(0, LONGEST_TITLE),
      ownerId: principal.userId,
      credentialId: principal.credential.id,
      principal: keptOf(principal),
      payload,
      status: 'queued',
      progress: null,
      result: null,
      failure: null,
      attempts: 0,
      idempotent,
      cancelRequested: false,
      leaseOwner: null,
      leaseUntil: null,
      fence: 0,
      callbackShown: callback ? shownUrl(callback.url) : null,
      sealedCallback: callback ? this.box.seal(JSON.stringify(callback), callbackPlace(id)) : null,
      callbackState: callback ? 'waiting' : null,
      callbackDueAt: null,
      deliveries: [],
      createdAt: this.clock.now(),
      startedAt: null,
      finishedAt: null,
      expiresAt: null,
    } satisfies JobRow);
  }

  private async withinShare(ownerId: string, insert: () => Promise<void>): Promise<void> {
    const others = this.arriving.get(ownerId) ?? 0;
    this.arriving.set(ownerId, others + 1);
    try {
      if ((await this.store.countUnderWay(ownerId)) + others >= UNDER_WAY_PER_PERSON)
        throw new AppError('job_queue_full', {
          details: { limit: UNDER_WAY_PER_PERSON, seconds: COME_BACK_SECONDS },
        });
      await insert();
    } finally {
      const left = (this.arriving.get(ownerId) ?? 1) - 1;
      if (left === 0) this.arriving.delete(ownerId);
      else this.arriving.set(ownerId, left);
    }
  }

  /** That somebody stopped another person's work is an administrator's act. */
  private record(caller: Principal, { id, title, principal }: JobRow): Promise<void> {
    return this.database.transaction((manager) =>
      this.trail.record(manager, {
        action: 'job.cancel',
        actor: onTrail(caller),
        target: { kind: 'job', id, name: title.slice(0, 200) },
        changes: { owner: principal.email },
      }),
    );
  }

  private announce({ id, status, progress, ownerId, credentialId }: JobRow): void {
    this.bus.publish('job.changed', { jobId: id, status, progress, ownerId, credentialId });
  }
}

const sightOf = ({ userId, credential }: Principal): Sight => ({
  ownerId: userId,
  ...(credential.kind !== 'session' && { credentialId: credential.id }),
});

/** Whether a job is somebody's to see: their own, or any for those who manage jobs. Pure. */
export function sees(caller: Principal, job: { ownerId: string; credentialId: string }): boolean {
  if (holds(caller, 'jobs:manage')) return true;
  const { ownerId, credentialId } = sightOf(caller);
  return job.ownerId === ownerId && (credentialId === undefined || job.credentialId === credentialId);
}

/** Queries of callback addresses often hold tokens. */
function shownUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`.slice(0, 400);
}
