import type { RevokedCredentials } from './events.js';
import type { Principal } from './principal.js';

/**
 * Whether a revocation ends what this credential opened. Pure.
 *
 * A principal does not know its embed app, so a revocation by app counts for the sessions of every app.
 */
export function isRevoked(
  revoked: RevokedCredentials,
  { userId, credential }: Pick<Principal, 'userId' | 'credential'>,
): boolean {
  if (revoked.kind !== credential.kind || revoked.exceptId === credential.id) return false;
  if (revoked.id !== undefined && revoked.id !== credential.id) return false;
  return revoked.userId === undefined || revoked.userId === userId;
}
