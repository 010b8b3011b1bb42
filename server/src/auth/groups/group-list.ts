import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  AppError,
  containing,
  containingPattern,
  cutPage,
  decodeCursor,
  type Page,
  type PageQuery,
} from '../../platform/index.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { UserRecord } from '../users/user.entity.js';
import type { Group, GroupQuery, Member } from './group.dto.js';
import { GroupRecord, MembershipRecord } from './group.entity.js';

interface MemberRow {
  userId: string;
  email: string;
  displayName: string;
  /** Epoch ms; MariaDB answers bigints as text. */
  addedAt: number | string;
}

/** Shows groups by name and their members by e-mail address. */
@Injectable()
export class GroupList {
  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
  ) {}

  async list({ q, limit = 50, cursor }: GroupQuery): Promise<Page<Group>> {
    const select = this.source.manager
      .createQueryBuilder(GroupRecord, 'grp')
      .where('1 = 1')
      .orderBy('grp.name')
      .take(limit + 1);
    if (q) select.andWhere(containing('grp.name'), { containing: containingPattern(q) });
    if (cursor !== undefined) select.andWhere('grp.name > :after', { after: decodeCursor(cursor, 1)[0] });
    return cutPage(
      await select.getMany(),
      limit,
      (row) => [row.name],
      (row) => this.view(row),
    );
  }

  /** @throws {AppError} `not_found` */
  async read(id: string): Promise<Group> {
    const group = await this.source.manager.findOneBy(GroupRecord, { id });
    if (!group) throw new AppError('not_found');
    return this.view(group);
  }

  /** @throws {AppError} `not_found` */
  async members(groupId: string, { limit = 50, cursor }: PageQuery): Promise<Page<Member>> {
    if (!this.directory.group(groupId)) throw new AppError('not_found');
    const select = this.membersQuery(groupId).limit(limit + 1);
    if (cursor !== undefined) select.andWhere('usr.email > :after', { after: decodeCursor(cursor, 1)[0] });
    return cutPage(await select.getRawMany<MemberRow>(), limit, (row) => [row.email], memberView);
  }

  /** @throws {AppError} `not_found` */
  async member(groupId: string, userId: string): Promise<Member> {
    const row = await this.membersQuery(groupId).andWhere('usr.id = :userId', { userId }).getRawOne<MemberRow>();
    if (!row) throw new AppError('not_found');
    return memberView(row);
  }

  view(group: GroupRecord): Group {
    return {
      id: group.id,
      name: group.name,
      description: group.description,
      memberCount: this.directory.membersOf(group.id).size,
      createdAt: group.createdAt.toISOString(),
      version: group.version,
    };
  }

  private membersQuery(groupId: string) {
    return this.source.manager
      .createQueryBuilder(MembershipRecord, 'membership')
      .innerJoin(UserRecord, 'usr', 'usr.id = membership.userId')
      .select('usr.id', 'userId')
      .addSelect('usr.email', 'email')
      .addSelect('usr.displayName', 'displayName')
      .addSelect('membership.addedAt', 'addedAt')
      .where('membership.groupId = :groupId', { groupId })
      .orderBy('usr.email');
  }
}

const memberView = (row: MemberRow): Member => ({
  userId: row.userId,
  email: row.email,
  displayName: row.displayName,
  addedAt: new Date(Number(row.addedAt)).toISOString(),
});
