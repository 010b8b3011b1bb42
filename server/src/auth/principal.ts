import type { Permission } from '@gatehouse/contracts';

/** By which kind of credential somebody came. */
export const CREDENTIAL_KINDS = ['session', 'api-key', 'embed'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/**
 * Who calls us and what they may do, made once from one credential by the `Authenticator`.
 *
 * Immutable: a change of role, group or key makes a new principal at the next request.
 */
export interface Principal {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  readonly groupIds: ReadonlySet<string>;
  /** Of the user's roles, narrowed to the scopes of the credential. */
  readonly permissions: ReadonlySet<Permission>;
  readonly credential: {
    readonly kind: CredentialKind;
    readonly id: string;
    /** Name of the key or of the embed app; for a session, the user's e-mail address. */
    readonly name: string;
  };
  /** Services that the credential is limited to; null for all that the user may use. */
  readonly serviceIds: ReadonlySet<string> | null;
  /** Who really acts, when an inspector runs a request as somebody else: records name both. */
  readonly actor?: Pick<Principal, 'userId' | 'email' | 'displayName'>;
}

export const holds = (principal: Principal, permission: Permission): boolean => principal.permissions.has(permission);
