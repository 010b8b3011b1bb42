import type { EntityManager } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { AppError, type FieldProblem } from '../../platform/index.js';
import { RoleAssignment } from '../roles/role.entity.js';
import type { AccountDirectory } from '../directory/account-directory.js';
import { UserRecord } from './user.entity.js';

const refuse = (problem: FieldProblem): never => {
  throw new AppError('validation_failed', { fields: [problem] });
};

/** What the roles allow together. @throws {AppError} `validation_failed` naming a role that does not exist */
export function permissionsOfRoles(directory: AccountDirectory, roles: readonly string[]): ReadonlySet<Permission> {
  const unknown = roles.find((role) => !directory.role(role));
  if (unknown !== undefined) refuse({ path: 'roles', message: `there is no role ${unknown}` });
  return directory.permissionsOf(roles);
}

/** @throws {AppError} `validation_failed` naming a group that does not exist */
export function mustBeGroups(directory: AccountDirectory, groupIds: readonly string[]): void {
  const unknown = groupIds.find((id) => !directory.group(id));
  if (unknown !== undefined) refuse({ path: 'groupIds', message: `there is no group ${unknown}` });
}

/**
 * Asked after a change and before its commit, in the ledger's turn.
 *
 * @throws {AppError} `last_owner` when no enabled owner is left
 */
export async function mustKeepAnOwner(manager: EntityManager): Promise<void> {
  const owners = await manager
    .createQueryBuilder(RoleAssignment, 'assignment')
    .innerJoin(UserRecord, 'user', 'user.id = assignment.userId')
    .where('assignment.role = :role AND user.enabled = :enabled', { role: 'owner', enabled: true })
    .getCount();
  if (owners === 0) throw new AppError('last_owner');
}
