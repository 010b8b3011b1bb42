import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import { mustHoldAll, onTrail, type Actor } from '../access/actor.js';
import type { RoleEntry } from '../directory/account.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { AccountLedger, type AccountChange } from '../directory/account-ledger.js';
import type { RoleDraft } from './role.dto.js';
import { RoleRecord } from './role.entity.js';

/** Makes, changes and deletes the roles that are not built in, out of permissions the actor has too. */
@Injectable()
export class RoleRegistrar {
  constructor(
    private readonly ledger: AccountLedger,
    private readonly directory: AccountDirectory,
  ) {}

  /** @throws {AppError} `conflict` for a name that is taken, `privilege_escalation` */
  create(actor: Actor, draft: RoleDraft): Promise<RoleEntry> {
    mustHoldAll(actor, draft.permissions);
    const { name, title, permissions } = draft;
    return this.ledger.change(async (change) => {
      if (this.directory.role(name)) throw new AppError('conflict', { details: { what: name } });
      await change.manager.insert(RoleRecord, { name, title, permissions });
      return this.keep(change, actor, 'created', { name, title, permissions, builtIn: false });
    });
  }

  /**
   * Everybody who has the role has the new permissions at once.
   *
   * @throws {AppError} `not_found`, `role_built_in`, `privilege_escalation`, `validation_failed` for another name
   */
  async change(actor: Actor, role: string, { name, title, permissions }: RoleDraft): Promise<RoleEntry> {
    if (name !== role)
      throw new AppError('validation_failed', { fields: [{ path: 'name', message: 'name cannot be changed' }] });
    return this.ledger.change(async (change) => {
      mustHoldAll(actor, [...this.changeable(name).permissions, ...permissions]);
      await change.manager.update(RoleRecord, name, { title, permissions });
      return this.keep(change, actor, 'updated', { name, title, permissions, builtIn: false });
    });
  }

  /** @throws {AppError} `not_found`, `role_built_in`, `in_use`, `privilege_escalation` */
  remove(actor: Actor, name: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const role = this.changeable(name);
      mustHoldAll(actor, role.permissions);
      const holders = this.directory.holdersOf(name).length;
      if (holders > 0) throw new AppError('in_use', { details: { what: role.title, count: holders } });
      await change.manager.delete(RoleRecord, name);
      await change.record({ action: 'role.delete', actor: onTrail(actor), target: targetOf(role) });
      change.apply((directory) => directory.dropRole(name));
      change.announce('role.changed', { role: name, change: 'deleted' });
    });
  }

  private changeable(name: string): RoleEntry {
    const role = this.directory.role(name);
    if (!role) throw new AppError('not_found');
    if (role.builtIn) throw new AppError('role_built_in', { details: { role: name } });
    return role;
  }

  private async keep(
    change: AccountChange,
    actor: Actor,
    what: 'created' | 'updated',
    role: RoleEntry,
  ): Promise<RoleEntry> {
    await change.record({
      action: what === 'created' ? 'role.create' : 'role.update',
      actor: onTrail(actor),
      target: targetOf(role),
      changes: { title: role.title, permissions: role.permissions },
    });
    change.apply((directory) => directory.putRole(role));
    change.announce('role.changed', { role: role.name, change: what });
    for (const userId of this.directory.holdersOf(role.name))
      change.announce('user.changed', { userId, change: 'updated' });
    return role;
  }
}

const targetOf = (role: RoleEntry) => ({ kind: 'role', id: role.name, name: role.title });
