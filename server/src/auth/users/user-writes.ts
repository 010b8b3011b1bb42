import { AppError, isUniqueViolation } from '../../platform/index.js';
import type { AccountFacts } from '../directory/account.js';
import type { AccountChange } from '../directory/account-ledger.js';
import { MembershipRecord } from '../groups/group.entity.js';
import { RoleAssignment } from '../roles/role.entity.js';
import { SessionRecord } from '../sessions/session.entity.js';
import { UserRecord } from './user.entity.js';

/** A stored user with the names of the roles, sorted. */
export type UserWithRoles = UserRecord & { roles: readonly string[] };

/** @throws {AppError} `conflict` when the e-mail address is taken */
export async function insertUser(
  change: AccountChange,
  { roles, ...user }: UserWithRoles,
  groupIds: readonly string[],
): Promise<void> {
  await refuseTakenEmail(user.email, () => change.manager.insert(UserRecord, user));
  await insertRoles(change, user.id, roles);
  const memberships = groupIds.map((groupId) => ({ groupId, userId: user.id, addedAt: user.createdAt }));
  if (memberships.length > 0) await change.manager.insert(MembershipRecord, memberships);
  change.apply((directory) => {
    directory.putUser({ ...user, roles });
    for (const groupId of groupIds) directory.join(groupId, user.id);
  });
  change.announce('user.changed', { userId: user.id, change: 'created' });
}

/**
 * Writes `after` over `before`, roles included, in the database and after the commit in the directory.
 *
 * @throws {AppError} `conflict` when the e-mail address is taken
 */
export async function updateUser(change: AccountChange, before: UserWithRoles, after: UserWithRoles): Promise<void> {
  const { roles, ...columns } = after;
  await refuseTakenEmail(after.email, () => change.manager.update(UserRecord, after.id, columns));
  if (!sameRoles(before, after)) {
    await change.manager.delete(RoleAssignment, { userId: after.id });
    await insertRoles(change, after.id, roles);
  }
  publish(change, after);
}

export const sameRoles = (a: UserWithRoles, b: UserWithRoles): boolean => a.roles.join() === b.roles.join();

/** Ends the sessions of a user: whoever took one over is out, and the next sign-in sees the new rights. */
export async function endSessions(change: AccountChange, userId: string): Promise<void> {
  await change.manager.delete(SessionRecord, { userId });
  change.announce('credential.revoked', { kind: 'session', userId });
}

const TRAILED = ['email', 'displayName', 'language', 'enabled', 'roles'] as const;

/** Before and after of what changed, for the trail; of a password only that it did. */
export function changesOf(before: UserWithRoles, after: UserWithRoles): Record<string, unknown> {
  const fields = TRAILED.filter((field) => String(before[field]) !== String(after[field]));
  const changes = Object.fromEntries(fields.map((field) => [field, { before: before[field], after: after[field] }]));
  return before.passwordHash === after.passwordHash ? changes : { ...changes, credential: 'new password' };
}

async function insertRoles(change: AccountChange, userId: string, roles: readonly string[]): Promise<void> {
  if (roles.length > 0)
    await change.manager.insert(
      RoleAssignment,
      roles.map((role) => ({ userId, role })),
    );
}

async function refuseTakenEmail(email: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError('conflict', { details: { what: email } }) : error;
  }
}

function publish(change: AccountChange, facts: AccountFacts): void {
  change.apply((directory) => directory.putUser(facts));
  change.announce('user.changed', { userId: facts.id, change: 'updated' });
}
