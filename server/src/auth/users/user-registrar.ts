import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language } from '@gatehouse/contracts';
import { AppError, Clock } from '../../platform/index.js';
import { isSelf, mustHold, mustHoldAll, onTrail, type Actor } from '../access/actor.js';
import { defined } from '../defined.js';
import type { Account } from '../directory/account.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { AccountLedger, type AccountChange } from '../directory/account-ledger.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { normalEmail } from './email.js';
import type { UserChange, UserDraft } from './user.dto.js';
import { UserRecord, type UserSource } from './user.entity.js';
import { mustBeGroups, mustKeepAnOwner, permissionsOfRoles } from './user-rules.js';
import { changesOf, endSessions, insertUser, sameRoles, updateUser, type UserWithRoles } from './user-writes.js';

const DEFAULT_ROLES = ['member'];

export interface NewUser extends Omit<UserDraft, 'password'> {
  source: UserSource;
  /** Null for somebody who cannot sign in with a password. */
  passwordHash: string | null;
}

/** Makes, changes and deletes users, within what the actor may do. */
@Injectable()
export class UserRegistrar {
  constructor(
    private readonly ledger: AccountLedger,
    private readonly directory: AccountDirectory,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * @param actor who asks; `'installation'` is bound by no permission
   * @throws {AppError} `conflict`, `privilege_escalation`, `permission_missing`, `validation_failed`
   */
  async create(actor: Actor, { password, ...draft }: UserDraft, source: UserSource = 'local'): Promise<Account> {
    const passwordHash = password === undefined ? null : await this.hasher.hash(password);
    const id = await this.ledger.change((change) => this.insert(change, actor, { ...draft, source, passwordHash }));
    const account = this.directory.user(id);
    if (!account) throw new AppError('not_found'); // Somebody deleted it in the same moment.
    return account;
  }

  /** The same inside a change that is under way. Returns the new user's id. */
  async insert(change: AccountChange, actor: Actor, draft: NewUser): Promise<string> {
    const roles = (draft.roles ?? DEFAULT_ROLES).toSorted();
    const groupIds = draft.groupIds ?? [];
    mustHoldAll(actor, permissionsOfRoles(this.directory, roles));
    mustBeGroups(this.directory, groupIds);
    if (groupIds.length > 0) mustHold(actor, 'groups:write');
    const user: UserWithRoles = {
      id: randomUUID(),
      email: normalEmail(draft.email),
      displayName: draft.displayName,
      language: draft.language ?? null,
      passwordHash: draft.passwordHash,
      enabled: true,
      source: draft.source,
      createdAt: this.clock.now(),
      lastSeenAt: null,
      version: 1,
      roles,
    };
    await insertUser(change, user, groupIds);
    await change.record({
      action: 'user.create',
      actor: onTrail(actor),
      target: targetOf(user),
      changes: { email: user.email, roles, groupIds, source: user.source },
    });
    return user.id;
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict`, `last_owner`, `own_account`, `privilege_escalation` */
  async change(actor: Actor, id: string, { password, version, ...fields }: UserChange): Promise<void> {
    // One's own password takes the current one; see `OwnAccount`.
    if (password !== undefined && isSelf(actor, id)) throw new AppError('own_account');
    const passwordHash = password === undefined ? undefined : await this.hasher.hash(password);
    await this.ledger.change(async (change) => {
      const before = await this.find(change, id);
      mustHoldAll(actor, this.directory.permissionsOf(before.roles));
      if (before.version !== version) throw new AppError('stale_version');
      const roles = (fields.roles ?? before.roles).toSorted();
      mustHoldAll(actor, permissionsOfRoles(this.directory, roles));
      const after = { ...before, ...defined({ ...fields, passwordHash }), roles, version: version + 1 };
      await updateUser(change, before, after);
      await mustKeepAnOwner(change.manager);
      const losesRights = !sameRoles(before, after) || !after.enabled;
      if (losesRights && isSelf(actor, id)) throw new AppError('own_account');
      if (losesRights || passwordHash) await endSessions(change, id);
      await this.record(change, actor, before, after);
    });
  }

  /** @throws {AppError} `not_found`, `last_owner`, `own_account`, `privilege_escalation` */
  remove(actor: Actor, id: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const user = await this.find(change, id);
      mustHoldAll(actor, this.directory.permissionsOf(user.roles));
      await change.manager.delete(UserRecord, id);
      await mustKeepAnOwner(change.manager);
      if (isSelf(actor, id)) throw new AppError('own_account');
      await change.record({ action: 'user.delete', actor: onTrail(actor), target: targetOf(user) });
      change.apply((directory) => directory.dropUser(id));
      change.announce('user.changed', { userId: id, change: 'deleted' });
      for (const kind of ['session', 'api-key', 'embed'] as const)
        change.announce('credential.revoked', { kind, userId: id });
    });
  }

  /** What people change about themselves. */
  changeProfile(actor: Actor, id: string, patch: { displayName?: string; language?: Language }): Promise<void> {
    return this.ledger.change(async (change) => {
      const before = await this.find(change, id);
      const after = { ...before, ...defined(patch), version: before.version + 1 };
      await updateUser(change, before, after);
      await this.record(change, actor, before, after);
    });
  }

  private async find(change: AccountChange, id: string): Promise<UserWithRoles> {
    const user = await change.manager.findOneBy(UserRecord, { id });
    const account = this.directory.user(id);
    if (!user || !account) throw new AppError('not_found');
    return { ...user, roles: account.roles };
  }

  private record(change: AccountChange, actor: Actor, before: UserWithRoles, after: UserWithRoles): Promise<void> {
    return change.record({
      action: 'user.update',
      actor: onTrail(actor),
      target: targetOf(after),
      changes: changesOf(before, after),
    });
  }
}

const targetOf = (user: UserRecord) => ({ kind: 'user', id: user.id, name: user.email });
