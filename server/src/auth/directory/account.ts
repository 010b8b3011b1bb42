import type { Language, Permission } from '@gatehouse/contracts';
import type { UserSource } from '../users/user.entity.js';

/** What is stored of a user and matters to what they may do. */
export interface AccountFacts {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly language: Language | null;
  readonly enabled: boolean;
  readonly source: UserSource;
  readonly roles: readonly string[];
}

/** A user as the directory knows them. Never changed: a change of the user puts another one in its place. */
export interface Account extends AccountFacts {
  /** Of all roles together. */
  readonly permissions: ReadonlySet<Permission>;
  readonly groupIds: ReadonlySet<string>;
}

export interface GroupEntry {
  readonly id: string;
  readonly name: string;
}

export interface RoleEntry {
  readonly name: string;
  readonly title: string;
  readonly permissions: readonly Permission[];
  readonly builtIn: boolean;
}
