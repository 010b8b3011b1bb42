import { ROLE_PRESETS, type Permission } from '@gatehouse/contracts';
import type { Principal } from '../principal.js';
import type { Account, AccountFacts, GroupEntry, RoleEntry } from './account.js';

const BUILT_IN: readonly RoleEntry[] = [
  { name: 'owner', title: 'Owner', permissions: ROLE_PRESETS.owner, builtIn: true },
  { name: 'admin', title: 'Administrator', permissions: ROLE_PRESETS.admin, builtIn: true },
  { name: 'service-manager', title: 'Service manager', permissions: ROLE_PRESETS['service-manager'], builtIn: true },
  { name: 'auditor', title: 'Auditor', permissions: ROLE_PRESETS.auditor, builtIn: true },
  { name: 'member', title: 'Member', permissions: ROLE_PRESETS.member, builtIn: true },
];

/**
 * Every user, group and role, in memory: who somebody is and what they may do costs no query.
 *
 * The `AccountLedger` alone changes it, right after the database did; everybody else reads.
 */
export class AccountDirectory {
  private readonly accounts = new Map<string, Account>();
  private readonly idByEmail = new Map<string, string>();
  private readonly groupsById = new Map<string, GroupEntry>();
  private readonly idByGroupName = new Map<string, string>();
  private readonly members = new Map<string, Set<string>>();
  private readonly groupsOfUser = new Map<string, Set<string>>();
  private readonly rolesByName = new Map<string, RoleEntry>(BUILT_IN.map((role) => [role.name, role]));

  user(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  userByEmail(email: string): Account | undefined {
    const id = this.idByEmail.get(email.trim().toLowerCase());
    return id === undefined ? undefined : this.accounts.get(id);
  }

  /** By id, or else by e-mail address. */
  findUser(idOrEmail: string): Account | undefined {
    return this.user(idOrEmail) ?? this.userByEmail(idOrEmail);
  }

  group(id: string): GroupEntry | undefined {
    return this.groupsById.get(id);
  }

  /** By id, or else by exact name. */
  findGroup(idOrName: string): GroupEntry | undefined {
    return this.group(idOrName) ?? this.group(this.idByGroupName.get(idOrName) ?? '');
  }

  groups(): GroupEntry[] {
    return [...this.groupsById.values()];
  }

  /** Groups of a user, by name. */
  groupsOf(userId: string): GroupEntry[] {
    const ids = [...(this.groupsOfUser.get(userId) ?? [])];
    return ids.flatMap((id) => this.groupsById.get(id) ?? []).sort((a, b) => a.name.localeCompare(b.name));
  }

  membersOf(groupId: string): ReadonlySet<string> {
    return this.members.get(groupId) ?? new Set();
  }

  roles(): RoleEntry[] {
    return [...this.rolesByName.values()];
  }

  role(name: string): RoleEntry | undefined {
    return this.rolesByName.get(name);
  }

  /** Of all `roles` together; a role that does not exist adds nothing. */
  permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
    return new Set(roles.flatMap((name) => this.rolesByName.get(name)?.permissions ?? []));
  }

  hasOwner(): boolean {
    return [...this.accounts.values()].some((account) => account.enabled && account.roles.includes('owner'));
  }

  /** What a user may do when signed in; undefined for nobody and for a disabled user. Also for explaining decisions. */
  principalOf(userId: string): Principal | undefined {
    const account = this.accounts.get(userId);
    if (!account?.enabled) return undefined;
    return {
      userId,
      email: account.email,
      displayName: account.displayName,
      groupIds: account.groupIds,
      permissions: account.permissions,
      credential: { kind: 'session', id: '', name: account.email },
      serviceIds: null,
    };
  }

  putUser(facts: AccountFacts): void {
    const before = this.accounts.get(facts.id);
    if (before) this.idByEmail.delete(before.email);
    this.idByEmail.set(facts.email, facts.id);
    this.accounts.set(facts.id, this.accountOf(facts));
  }

  dropUser(id: string): void {
    const account = this.accounts.get(id);
    if (!account) return;
    for (const groupId of account.groupIds) this.members.get(groupId)?.delete(id);
    this.groupsOfUser.delete(id);
    this.idByEmail.delete(account.email);
    this.accounts.delete(id);
  }

  putGroup(group: GroupEntry): void {
    const before = this.groupsById.get(group.id);
    if (before) this.idByGroupName.delete(before.name);
    this.idByGroupName.set(group.name, group.id);
    this.groupsById.set(group.id, { id: group.id, name: group.name });
  }

  dropGroup(id: string): void {
    const group = this.groupsById.get(id);
    if (!group) return;
    for (const userId of this.members.get(id) ?? []) this.leave(id, userId);
    this.members.delete(id);
    this.idByGroupName.delete(group.name);
    this.groupsById.delete(id);
  }

  join(groupId: string, userId: string): void {
    into(this.members, groupId).add(userId);
    into(this.groupsOfUser, userId).add(groupId);
    this.renew(userId);
  }

  leave(groupId: string, userId: string): void {
    this.members.get(groupId)?.delete(userId);
    this.groupsOfUser.get(userId)?.delete(groupId);
    this.renew(userId);
  }

  putRole(role: RoleEntry): void {
    this.rolesByName.set(role.name, role);
    for (const userId of this.holdersOf(role.name)) this.renew(userId);
  }

  dropRole(name: string): void {
    const holders = this.holdersOf(name);
    this.rolesByName.delete(name);
    for (const userId of holders) this.renew(userId);
  }

  holdersOf(role: string): string[] {
    return [...this.accounts.values()].filter((account) => account.roles.includes(role)).map((account) => account.id);
  }

  private renew(userId: string): void {
    const account = this.accounts.get(userId);
    if (account) this.accounts.set(userId, this.accountOf(account));
  }

  private accountOf(facts: AccountFacts): Account {
    return Object.freeze({
      id: facts.id,
      email: facts.email,
      displayName: facts.displayName,
      language: facts.language,
      enabled: facts.enabled,
      source: facts.source,
      roles: facts.roles,
      permissions: this.permissionsOf(facts.roles),
      groupIds: new Set(this.groupsOfUser.get(facts.id)),
    });
  }
}

function into(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}
