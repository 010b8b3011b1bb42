import type { Principal } from '../../auth/index.js';
import type { GrantSubject } from './grant.dto.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
}

/**
 * What services and grants need to know of accounts. A port: the module's wiring binds it to the directory of `auth`.
 */
export abstract class People {
  abstract person(idOrEmail: string): Person | undefined;
  abstract groupName(id: string): string | undefined;
  /** What the person could do when signed in now; undefined for one who cannot sign in. */
  abstract principalOf(userId: string): Principal | undefined;

  /** E-mail address or name of a group; empty for everyone, undefined for whoever does not exist. */
  nameOf(subject: GrantSubject): string | undefined {
    if (subject.kind === 'everyone') return '';
    if (subject.id === undefined) return undefined;
    return subject.kind === 'group' ? this.groupName(subject.id) : this.person(subject.id)?.email;
  }

  emailOf(userId: string | null): string | null {
    return userId === null ? null : (this.person(userId)?.email ?? null);
  }
}
