import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, Not, type FindOptionsWhere, type Repository } from 'typeorm';
import type { JobStatus } from '@gatehouse/contracts';
import { cutPage, decodeCursor, type Page } from '../platform/index.js';
import { JobRow } from './job.entity.js';
import { isOver, type JobMove } from './job.js';

/** How many rows one look at the table takes at most. */
const HANDFUL = 20;

/** Whose jobs somebody sees; undefined for all. */
export interface Sight {
  readonly ownerId: string;
  /** A key sees what was started with it, a person everything of theirs. */
  readonly credentialId?: string;
}

/**
 * The table `job`. Every move is one statement that compares what it is based on, so that two processes never both make
 * it, on either database and whatever the isolation.
 */
@Injectable()
export class JobStore {
  constructor(@InjectRepository(JobRow) private readonly rows: Repository<JobRow>) {}

  async insert(row: JobRow): Promise<void> {
    await this.rows.insert(row as never);
  }

  find(id: string): Promise<JobRow | null> {
    return this.rows.findOneBy({ id });
  }

  /**
   * Makes a move, unless the job moved in the meantime or is somebody else's by now.
   *
   * @param seen the job as it was when the move was decided
   * @param sameLease also gives way to a lease that was renewed since
   */
  async move(seen: JobRow, move: JobMove & Partial<JobRow>, { sameLease = false } = {}): Promise<JobRow | undefined> {
    const where: FindOptionsWhere<JobRow> = { id: seen.id, fence: seen.fence, status: seen.status };
    if (sameLease && seen.leaseUntil) where.leaseUntil = seen.leaseUntil;
    const next = { ...move, ...afterwards(seen, move) };
    const { affected } = await this.rows.update(where, next as never);
    return affected === 1 ? Object.assign(new JobRow(), seen, next) : undefined;
  }

  /** Jobs that wait, oldest first. @param busy people whose share is used up */
  waiting(busy: readonly string[]): Promise<JobRow[]> {
    return this.rows.find({
      where: { status: 'queued', ...(busy.length > 0 && { ownerId: Not(In(busy)) }) },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: HANDFUL,
    });
  }

  /** Jobs that run but whose lease ran out, or that another process ran when there can be no other. */
  abandoned(now: Date, onlyNode?: string): Promise<JobRow[]> {
    const lapsed: FindOptionsWhere<JobRow> = { status: 'running', leaseUntil: LessThanOrEqual(now) };
    return this.rows.find({
      where: onlyNode === undefined ? lapsed : [lapsed, { status: 'running', leaseOwner: Not(onlyNode) }],
      take: HANDFUL,
    });
  }

  /** Jobs whose end is to be told now. */
  due(now: Date): Promise<JobRow[]> {
    return this.rows.find({
      where: { callbackDueAt: LessThanOrEqual(now) },
      order: { callbackDueAt: 'ASC' },
      take: HANDFUL,
    });
  }

  /** Takes an attempt to tell, or writes down how it went: only whoever saw the row as it is does. */
  async note(seen: JobRow, change: Partial<JobRow>): Promise<JobRow | undefined> {
    if (!seen.callbackDueAt) return undefined;
    const { affected } = await this.rows.update({ id: seen.id, callbackDueAt: seen.callbackDueAt }, change as never);
    return affected === 1 ? Object.assign(new JobRow(), seen, change) : undefined;
  }

  countUnderWay(ownerId: string): Promise<number> {
    return this.rows.countBy({ ownerId, status: In(['queued', 'running']) });
  }

  async page(
    sight: Sight | undefined,
    query: { status?: JobStatus | undefined; limit: number; cursor: string | undefined },
  ): Promise<Page<JobRow>> {
    const find = this.rows
      .createQueryBuilder('job')
      .orderBy('job.createdAt', 'DESC')
      .addOrderBy('job.id', 'DESC')
      .take(query.limit + 1);
    if (sight) find.andWhere('job.ownerId = :ownerId', sight);
    if (sight?.credentialId !== undefined) find.andWhere('job.credentialId = :credentialId', sight);
    if (query.status) find.andWhere('job.status = :status', { status: query.status });
    if (query.cursor !== undefined) {
      const [at, id] = decodeCursor(query.cursor, 2);
      find.andWhere('(job.createdAt < :at OR (job.createdAt = :at AND job.id < :id))', { at, id });
    }
    return cutPage(
      await find.getMany(),
      query.limit,
      (row) => [row.createdAt.getTime(), row.id],
      (row) => row,
    );
  }

  /** Forgets jobs whose time is over. */
  async sweep(now: Date): Promise<void> {
    await this.rows.delete({ expiresAt: LessThanOrEqual(now) });
  }
}

/** Once it is over nobody needs what it was made from, and whoever wants to be told is. */
function afterwards(seen: JobRow, move: JobMove): Partial<JobRow> {
  if (!move.status || !isOver({ status: move.status })) return {};
  return {
    payload: null,
    ...(seen.sealedCallback !== null && { callbackState: 'pending', callbackDueAt: move.finishedAt ?? null }),
  };
}
