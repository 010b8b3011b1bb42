import type { DataSource } from 'typeorm';
import { GroupRecord, MembershipRecord } from '../groups/group.entity.js';
import { RoleAssignment, RoleRecord } from '../roles/role.entity.js';
import { UserRecord } from '../users/user.entity.js';
import { AccountDirectory } from './account-directory.js';

/** The directory as the database has it, read once at start. */
export async function loadDirectory(source: DataSource): Promise<AccountDirectory> {
  const { manager } = source;
  const directory = new AccountDirectory();
  for (const role of await manager.find(RoleRecord)) directory.putRole({ ...role, builtIn: false });
  for (const group of await manager.find(GroupRecord)) directory.putGroup(group);
  const roles = Map.groupBy(await manager.find(RoleAssignment), (assignment) => assignment.userId);
  for (const user of await manager.find(UserRecord)) {
    directory.putUser({ ...user, roles: (roles.get(user.id) ?? []).map((assignment) => assignment.role).sort() });
  }
  for (const { groupId, userId } of await manager.find(MembershipRecord)) directory.join(groupId, userId);
  return directory;
}
