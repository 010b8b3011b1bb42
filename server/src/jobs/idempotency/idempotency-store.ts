import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Not, type Repository } from 'typeorm';
import { Clock, databaseKind, isUniqueViolation } from '../../platform/index.js';
import { HEARTBEAT_MS, LEASE_MS } from '../job.js';
import { IdempotencyKeyRow, type KeptAnswer } from './idempotency-key.entity.js';

/** How long an answer is given again, ms. */
const KEPT_MS = 24 * 60 * 60_000;
/** How large an answer may be to be kept, characters of JSON. */
const MOST_KEPT_CHARACTERS = 1024 * 1024;

/** A request that carries a key. */
export interface KeyedRequest {
  readonly owner: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** What is found under a key. */
export type Found =
  | { readonly kind: 'first'; readonly id: string }
  | { readonly kind: 'running' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'done'; readonly answer: KeptAnswer; readonly body: string | null };

/** Remembers which requests with an `Idempotency-Key` were begun, and how they were answered. */
@Injectable()
export class IdempotencyStore implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('IdempotencyStore');
  private readonly node = randomUUID();
  private readonly open = new Set<string>();
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    @InjectRepository(IdempotencyKeyRow) private readonly rows: Repository<IdempotencyKeyRow>,
    private readonly clock: Clock,
  ) {}

  /** An embedded database has one process: what another one left open is lost. */
  async onApplicationBootstrap(): Promise<void> {
    if (databaseKind() === 'sqlite')
      await this.rows.update({ state: 'running', leaseOwner: Not(this.node) }, { state: 'unknown' });
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.heartbeat);
  }

  /** Whoever is the first is the only one: the unique index decides, not a look at the table. */
  async begin(request: KeyedRequest): Promise<Found> {
    const now = this.clock.now();
    const id = randomUUID();
    await this.rows.delete({ owner: request.owner, keyText: request.key, expiresAt: LessThanOrEqual(now) });
    try {
      await this.rows.insert({
        id,
        owner: request.owner,
        keyText: request.key,
        fingerprint: request.fingerprint,
        state: 'running',
        leaseOwner: this.node,
        leaseUntil: later(now, LEASE_MS),
        answer: null,
        body: null,
        createdAt: now,
        expiresAt: later(now, KEPT_MS),
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.look(request, now);
    }
    this.open.add(id);
    return { kind: 'first', id };
  }

  /** Keeps how it was answered. @param body JSON */
  async finish(id: string, answer: KeptAnswer, body: string): Promise<void> {
    const kept = body.length <= MOST_KEPT_CHARACTERS ? body : null;
    await this.rows.update({ id, state: 'running' }, { state: 'done', answer: answer, body: kept });
    this.open.delete(id);
  }

  /** Nothing was done: the key may be used again. */
  async release(id: string): Promise<void> {
    await this.rows.delete({ id, state: 'running' });
    this.open.delete(id);
  }

  async sweep(now: Date): Promise<void> {
    await this.rows.delete({ expiresAt: LessThanOrEqual(now) });
  }

  /** Says that this process is still at it. */
  async beat(): Promise<void> {
    if (this.open.size === 0) return;
    try {
      const leaseUntil = later(this.clock.now(), LEASE_MS);
      await this.rows.update({ leaseOwner: this.node, state: 'running' }, { leaseUntil });
    } catch (err) {
      this.logger.warn({ err, msg: 'could not renew leases' });
    }
  }

  private async look({ owner, key, fingerprint }: KeyedRequest, now: Date): Promise<Found> {
    const row = await this.rows.findOneBy({ owner, keyText: key });
    // Released a moment ago: whoever comes again is the first.
    if (!row) return { kind: 'running' };
    if (row.fingerprint !== fingerprint) return { kind: 'other-request' };
    if (row.state === 'done' && row.answer) return { kind: 'done', answer: row.answer, body: row.body };
    if (row.state === 'running' && row.leaseUntil > now) return { kind: 'running' };
    await this.rows.update({ id: row.id, state: 'running', leaseUntil: row.leaseUntil }, { state: 'unknown' });
    return { kind: 'unknown' };
  }
}

const later = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
