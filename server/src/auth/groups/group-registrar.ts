import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, Clock, isUniqueViolation } from '../../platform/index.js';
import { onTrail, type Actor } from '../access/actor.js';
import { defined } from '../defined.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { AccountLedger, type AccountChange } from '../directory/account-ledger.js';
import type { GroupChange, GroupDraft } from './group.dto.js';
import { GroupRecord, MembershipRecord } from './group.entity.js';

/** Makes, changes and deletes groups, and says who belongs to them. */
@Injectable()
export class GroupRegistrar {
  constructor(
    private readonly ledger: AccountLedger,
    private readonly directory: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} `conflict` for a name that is taken */
  create(actor: Actor, draft: GroupDraft): Promise<GroupRecord> {
    const group: GroupRecord = {
      id: randomUUID(),
      name: draft.name,
      description: draft.description ?? '',
      createdAt: this.clock.now(),
      version: 1,
    };
    return this.ledger.change(async (change) => {
      await refuseTakenName(group.name, () => change.manager.insert(GroupRecord, group));
      await change.record({ action: 'group.create', actor: onTrail(actor), target: targetOf(group) });
      change.apply((directory) => directory.putGroup(group));
      change.announce('group.changed', { groupId: group.id, change: 'created' });
      return group;
    });
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict` */
  change(actor: Actor, id: string, { version, ...fields }: GroupChange): Promise<GroupRecord> {
    return this.ledger.change(async (change) => {
      const before = await find(change, id);
      if (before.version !== version) throw new AppError('stale_version');
      const after: GroupRecord = { ...before, ...defined(fields), version: version + 1 };
      await refuseTakenName(after.name, () => change.manager.update(GroupRecord, id, after));
      await change.record({
        action: 'group.update',
        actor: onTrail(actor),
        target: targetOf(after),
        changes: { ...fields },
      });
      change.apply((directory) => directory.putGroup(after));
      change.announce('group.changed', { groupId: id, change: 'updated' });
      return after;
    });
  }

  /** @throws {AppError} `not_found` */
  remove(actor: Actor, id: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const group = await find(change, id);
      const members = [...this.directory.membersOf(id)];
      await change.manager.delete(GroupRecord, id);
      await change.record({ action: 'group.delete', actor: onTrail(actor), target: targetOf(group) });
      change.apply((directory) => directory.dropGroup(id));
      change.announce('group.changed', { groupId: id, change: 'deleted' });
      for (const userId of members) change.announce('user.changed', { userId, change: 'updated' });
    });
  }

  /** @throws {AppError} `not_found`, `validation_failed` for an unknown user, `conflict` for a member */
  addMember(actor: Actor, groupId: string, userId: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const group = await find(change, groupId);
      const user = this.directory.user(userId);
      if (!user)
        throw new AppError('validation_failed', { fields: [{ path: 'userId', message: 'there is no such user' }] });
      if (this.directory.membersOf(groupId).has(userId))
        throw new AppError('conflict', { details: { what: user.email } });
      await change.manager.insert(MembershipRecord, { groupId, userId, addedAt: this.clock.now() });
      await change.record({
        action: 'group.add-member',
        actor: onTrail(actor),
        target: targetOf(group),
        changes: { user: { id: userId, email: user.email } },
      });
      change.apply((directory) => directory.join(groupId, userId));
      this.announceMember(change, groupId, userId);
    });
  }

  /** @throws {AppError} `not_found` also for somebody who is no member */
  removeMember(actor: Actor, groupId: string, userId: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const group = await find(change, groupId);
      const { affected } = await change.manager.delete(MembershipRecord, { groupId, userId });
      if (!affected) throw new AppError('not_found');
      await change.record({
        action: 'group.remove-member',
        actor: onTrail(actor),
        target: targetOf(group),
        changes: { user: { id: userId, email: this.directory.user(userId)?.email ?? '' } },
      });
      change.apply((directory) => directory.leave(groupId, userId));
      this.announceMember(change, groupId, userId);
    });
  }

  private announceMember(change: AccountChange, groupId: string, userId: string): void {
    change.announce('group.changed', { groupId, change: 'updated' });
    change.announce('user.changed', { userId, change: 'updated' });
  }
}

const targetOf = (group: GroupRecord) => ({ kind: 'group', id: group.id, name: group.name });

async function find(change: AccountChange, id: string): Promise<GroupRecord> {
  const group = await change.manager.findOneBy(GroupRecord, { id });
  if (!group) throw new AppError('not_found');
  return group;
}

async function refuseTakenName(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError('conflict', { details: { what: name } }) : error;
  }
}
