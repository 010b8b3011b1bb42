import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, containing, containingPattern, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { holdsAll, isSelf } from '../access/actor.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { holds, type Principal } from '../principal.js';
import type { User, UserQuery } from './user.dto.js';
import { UserRecord } from './user.entity.js';

/** Shows users, by e-mail address. */
@Injectable()
export class UserList {
  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
  ) {}

  async list(caller: Principal, { q, limit = 50, cursor }: UserQuery): Promise<Page<User>> {
    const select = this.source.manager
      .createQueryBuilder(UserRecord, 'user')
      .where('1 = 1')
      .orderBy('user.email')
      .take(limit + 1);
    if (q) select.andWhere(containing('user.email', 'user.displayName'), { containing: containingPattern(q) });
    if (cursor !== undefined) select.andWhere('user.email > :after', { after: decodeCursor(cursor, 1)[0] });
    return cutPage(
      await select.getMany(),
      limit,
      (row) => [row.email],
      (row) => this.view(caller, row),
    );
  }

  /** @throws {AppError} `not_found` */
  async read(caller: Principal, id: string): Promise<User> {
    const user = await this.source.manager.findOneBy(UserRecord, { id });
    if (!user) throw new AppError('not_found');
    return this.view(caller, user);
  }

  private view(caller: Principal, user: UserRecord): User {
    const account = this.directory.user(user.id);
    const mayManage = holds(caller, 'users:write') && holdsAll(caller, account?.permissions ?? []);
    return {
      id: user.id,
      email: user.email,
      displayName: user.displayName,
      language: user.language,
      roles: [...(account?.roles ?? [])],
      groups: this.directory.groupsOf(user.id).map(({ id, name }) => ({ id, name })),
      enabled: user.enabled,
      source: user.source,
      createdAt: user.createdAt.toISOString(),
      lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
      version: user.version,
      can: { edit: mayManage, delete: mayManage && !isSelf(caller, user.id) },
    };
  }
}
