import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type Repository, type SelectQueryBuilder } from 'typeorm';
import { containing, containingPattern, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { TrailEntry } from './trail-entry.entity.js';
import type { AdminEvent, TrailQuery } from './trail.dto.js';

/** Finds administrative changes, newest first. */
@Injectable()
export class TrailSearch {
  constructor(@InjectRepository(TrailEntry) private readonly entries: Repository<TrailEntry>) {}

  async search(query: TrailQuery): Promise<Page<AdminEvent>> {
    const limit = query.limit ?? 50;
    const builder = this.entries
      .createQueryBuilder('entry')
      .orderBy('entry.at', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .take(limit + 1);
    restrict(builder, query);
    return cutPage(await builder.getMany(), limit, (row) => [row.at.getTime(), row.id], view);
  }
}

function restrict(builder: SelectQueryBuilder<TrailEntry>, query: TrailQuery): void {
  if (query.from) builder.andWhere('entry.at >= :from', { from: Date.parse(query.from) });
  if (query.to) builder.andWhere('entry.at < :to', { to: Date.parse(query.to) });
  if (query.actorId) builder.andWhere('entry.actorId = :actorId', { actorId: query.actorId });
  if (query.targetKind) builder.andWhere('entry.targetKind = :targetKind', { targetKind: query.targetKind });
  if (query.action) restrictAction(builder, query.action);
  if (query.q)
    builder.andWhere(containing('entry.targetName', 'entry.actorLabel'), { containing: containingPattern(query.q) });
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 2);
    builder.andWhere(
      new Brackets((after) => {
        after.where('entry.at < :at', { at }).orWhere('(entry.at = :at AND entry.id < :lastId)', { at, lastId: id });
      }),
    );
  }
}

function restrictAction(builder: SelectQueryBuilder<TrailEntry>, action: string): void {
  if (!action.endsWith('.*')) {
    builder.andWhere('entry.action = :action', { action });
    return;
  }
  // A pattern of the beginning: without the first wildcard.
  const area = containingPattern(action.slice(0, -1)).slice(1);
  builder.andWhere("entry.action LIKE :area ESCAPE '!'", { area });
}

const view = (row: TrailEntry): AdminEvent => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: row.actorId ? { id: row.actorId, email: row.actorLabel ?? '' } : null,
  action: row.action,
  target: { kind: row.targetKind, id: row.targetId, name: row.targetName },
  changes: row.changes,
  ip: row.ip,
  requestId: row.requestId,
});
