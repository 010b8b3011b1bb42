import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type Repository, type SelectQueryBuilder } from 'typeorm';
import { holds, type Principal } from '../../auth/index.js';
import { AppError, containing, containingPattern, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { CallRecord } from './call-record.entity.js';
import type { Call, CallDetail, CallQuery } from './call.dto.js';
import { isOwn, onlyOwn } from './own-calls.js';

/** Everything but the bodies, which make a list heavy. */
const LIGHT: (keyof CallRecord)[] = [
  'id',
  'serviceId',
  'serviceName',
  'userId',
  'userEmail',
  'userName',
  'credentialKind',
  'credentialId',
  'credentialName',
  'chatId',
  'profile',
  'toolName',
  'door',
  'status',
  'decision',
  'errorCode',
  'rule',
  'requestBytes',
  'responseBytes',
  'durationMs',
  'cached',
  'createdAt',
];

/** What the free text of a search is looked for in. */
const SEARCHED = ['call.toolName', 'call.serviceName', 'call.userEmail', 'call.userName'];

/** Finds calls. Without `audit:read` everybody finds exactly their own, and a key those that were made with it. */
@Injectable()
export class CallSearch {
  constructor(@InjectRepository(CallRecord) private readonly records: Repository<CallRecord>) {}

  search(query: CallQuery, principal: Principal): Promise<Page<Call>> {
    return this.page(query, principal, LIGHT, callView);
  }

  /** The same with the bodies. */
  details(query: CallQuery, principal: Principal): Promise<Page<CallDetail>> {
    return this.page(query, principal, [...LIGHT, 'requestData', 'responseData'], detailView);
  }

  private async page<T>(
    query: CallQuery,
    principal: Principal,
    columns: readonly (keyof CallRecord)[],
    view: (row: CallRecord) => T,
  ): Promise<Page<T>> {
    const limit = query.limit ?? 50;
    const builder = this.records
      .createQueryBuilder('call')
      .select(columns.map((name) => `call.${name}`))
      .orderBy('call.createdAt', 'DESC')
      .addOrderBy('call.id', 'DESC')
      .take(limit + 1);
    restrict(builder, query);
    if (!holds(principal, 'audit:read')) onlyOwn(builder, principal);
    return cutPage(await builder.getMany(), limit, (row) => [row.createdAt.getTime(), row.id], view);
  }

  /** @throws {AppError} `not_found`, also for somebody else's call */
  async find(id: string, principal: Principal): Promise<CallDetail> {
    const row = await this.records.findOneBy({ id });
    if (!row || !(isOwn(row, principal) || holds(principal, 'audit:read'))) throw new AppError('not_found');
    return detailView(row);
  }
}

function restrict(builder: SelectQueryBuilder<CallRecord>, query: CallQuery): void {
  const equal = { userId: query.userId, serviceId: query.serviceId, toolName: query.tool, status: query.status };
  for (const [column, value] of Object.entries({ ...equal, door: query.door, chatId: query.chatId })) {
    if (value !== undefined) builder.andWhere(`call.${column} = :${column}`, { [column]: value });
  }
  if (query.from) builder.andWhere('call.createdAt >= :from', { from: Date.parse(query.from) });
  if (query.to) builder.andWhere('call.createdAt < :to', { to: Date.parse(query.to) });
  if (query.q) builder.andWhere(containing(...SEARCHED), { containing: containingPattern(query.q) });
  if (query.cursor) continueAfter(builder, query.cursor);
}

function continueAfter(builder: SelectQueryBuilder<CallRecord>, cursor: string): void {
  const [at, id] = decodeCursor(cursor, 2);
  builder.andWhere(
    new Brackets((after) => {
      after
        .where('call.createdAt < :at', { at })
        .orWhere('(call.createdAt = :at AND call.id < :lastId)', { at, lastId: id });
    }),
  );
}

export const callView = (row: CallRecord): Call => ({
  id: row.id,
  at: row.createdAt.toISOString(),
  door: row.door,
  status: row.status,
  decision: row.decision,
  errorCode: row.errorCode,
  rule: row.rule,
  user: { id: row.userId, email: row.userEmail, name: row.userName },
  credential: { kind: row.credentialKind, id: row.credentialId, name: row.credentialName },
  service: { id: row.serviceId, name: row.serviceName },
  tool: row.toolName,
  chatId: row.chatId,
  profile: row.profile,
  durationMs: row.durationMs,
  requestBytes: row.requestBytes,
  responseBytes: row.responseBytes,
  cached: row.cached,
});

const detailView = (row: CallRecord): CallDetail => ({
  ...callView(row),
  request: objectOrNull(row.requestData),
  response: objectOrNull(row.responseData),
});

const objectOrNull = (value: unknown): Record<string, unknown> | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
};
