import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { Language } from '@gatehouse/contracts';
import { DataSource } from 'typeorm';
import { AppError } from '../platform/index.js';
import type { Account } from './directory/account.js';
import { AccountDirectory } from './directory/account-directory.js';
import { EmbedAppRegistrar } from './embed/embed-app-registrar.js';
import type { EmbedAppDraft } from './embed/embed.dto.js';
import { EmbedAppRecord } from './embed/embed.entity.js';
import { GroupRegistrar } from './groups/group-registrar.js';
import type { GroupDraft } from './groups/group.dto.js';
import { GroupRecord } from './groups/group.entity.js';
import { UserRecord } from './users/user.entity.js';
import { UserRegistrar } from './users/user-registrar.js';

/** A user as a declaration file has them: groups by name. */
export interface DeclaredAccount {
  email: string;
  displayName?: string;
  roles?: string[];
  groups?: string[];
  language?: Language;
  /** Counts when the account is made, and never again. */
  password?: string;
}

type Outcome = 'created' | 'updated' | 'unchanged';

/**
 * Makes groups, users and embed apps as a declaration file says; the same declaration twice changes nothing. Fields and
 * memberships that the file does not mention stay as they are.
 */
@Injectable()
export class AccountDeclarations {
  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
    private readonly groups: GroupRegistrar,
    private readonly users: UserRegistrar,
    private readonly apps: EmbedAppRegistrar,
  ) {}

  async group(draft: GroupDraft): Promise<Outcome> {
    const before = await this.source.manager.findOneBy(GroupRecord, { name: draft.name });
    if (!before) {
      await this.groups.create('installation', draft);
      return 'created';
    }
    if (draft.description === undefined || draft.description === before.description) return 'unchanged';
    await this.groups.change('installation', before.id, { description: draft.description, version: before.version });
    return 'updated';
  }

  /** @throws {AppError} `validation_failed` for a group or a role that does not exist */
  async user({ groups = [], password, ...draft }: DeclaredAccount): Promise<Outcome> {
    const groupIds = groups.map((name, index) => this.groupId(name, index));
    const account = this.directory.userByEmail(draft.email);
    if (account) return this.agree(account, draft, groupIds);
    const displayName = draft.displayName ?? draft.email.split('@')[0] ?? draft.email;
    const whole = { ...draft, displayName, groupIds, ...(password !== undefined && { password }) };
    await this.users.create('installation', whole, 'config');
    return 'created';
  }

  async embedApp(draft: EmbedAppDraft): Promise<Outcome> {
    const before = await this.source.manager.findOneBy(EmbedAppRecord, { name: draft.name });
    if (!before) {
      await this.apps.create('installation', draft);
      return 'created';
    }
    const { allowedOrigins, createUsers = before.createUsers } = draft;
    const same =
      isDeepStrictEqual([...allowedOrigins], [...before.allowedOrigins]) && createUsers === before.createUsers;
    if (same) return 'unchanged';
    await this.apps.change('installation', before.id, { allowedOrigins, createUsers, version: before.version });
    return 'updated';
  }

  private async agree(
    account: Account,
    { displayName = account.displayName, roles = [...account.roles], language }: DeclaredAccount,
    groupIds: readonly string[],
  ): Promise<Outcome> {
    const differs =
      displayName !== account.displayName ||
      !isDeepStrictEqual(roles.toSorted(), [...account.roles].sort()) ||
      (language !== undefined && language !== account.language);
    if (differs) {
      const { version } = await this.source.manager.findOneByOrFail(UserRecord, { id: account.id });
      await this.users.change('installation', account.id, {
        displayName,
        roles,
        ...(language && { language }),
        version,
      });
    }
    const missing = groupIds.filter((id) => !account.groupIds.has(id));
    for (const id of missing) await this.groups.addMember('installation', id, account.id);
    return differs || missing.length > 0 ? 'updated' : 'unchanged';
  }

  private groupId(name: string, index: number): string {
    const group = this.directory.findGroup(name);
    if (group) return group.id;
    const fields = [{ path: `groups.${index}`, message: `there is no group ${name}` }];
    throw new AppError('validation_failed', { fields });
  }
}
