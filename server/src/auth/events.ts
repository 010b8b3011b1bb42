import type { CredentialKind } from './principal.js';

export type Change = 'created' | 'updated' | 'deleted';

/** Credentials that stopped working: all of `kind` that fit every field given. */
export interface RevokedCredentials {
  kind: CredentialKind;
  id?: string;
  userId?: string;
  appId?: string;
  /** The one that stays. */
  exceptId?: string;
}

declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** Somebody's name, state, roles, permissions or groups changed: decide again what they may do. */
    'user.changed': { userId: string; change: Change };
    'group.changed': { groupId: string; change: Change };
    'role.changed': { role: string; change: Change };
    'credential.revoked': RevokedCredentials;
    'embed-app.changed': { appId: string; change: Change };
    /** The first owner exists. */
    'setup.completed': { userId: string };
  }
}
