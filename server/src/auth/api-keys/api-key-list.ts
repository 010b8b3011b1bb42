import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { holds, type Principal } from '../principal.js';
import { ApiKeyRecord } from './api-key.entity.js';
import type { ApiKey, ApiKeyQuery } from './api-key.dto.js';

/** Shows keys, newest first, without their secrets. */
@Injectable()
export class ApiKeyList {
  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
  ) {}

  /** @throws {AppError} `permission_missing` for somebody else's keys without `api-keys:manage` */
  async list(caller: Principal, query: ApiKeyQuery): Promise<Page<ApiKey>> {
    const userId = query.userId ?? caller.userId;
    if (userId !== caller.userId && !holds(caller, 'api-keys:manage')) {
      throw new AppError('permission_missing', { details: { permission: 'api-keys:manage' } });
    }
    const limit = query.limit ?? 50;
    const select = this.source.manager
      .createQueryBuilder(ApiKeyRecord, 'key')
      .where('key.userId = :userId', { userId })
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .take(limit + 1);
    if (query.cursor !== undefined) {
      const [at, id] = decodeCursor(query.cursor, 2);
      select.andWhere('(key.createdAt < :at OR (key.createdAt = :at AND key.id < :id))', { at, id });
    }
    const rows = await select.getMany();
    return cutPage(
      rows,
      limit,
      (row) => [row.createdAt.getTime(), row.id],
      (row) => this.view(row),
    );
  }

  view(key: ApiKeyRecord): ApiKey {
    return {
      id: key.id,
      name: key.name,
      userId: key.userId,
      userEmail: this.directory.user(key.userId)?.email ?? '',
      prefix: key.prefix,
      scopes: key.scopes,
      serviceIds: key.serviceIds,
      createdAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt?.toISOString() ?? null,
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
    };
  }
}
