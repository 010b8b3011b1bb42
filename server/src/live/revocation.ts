import type { DomainEvents } from '../platform/index.js';
import type { Principal } from '../auth/index.js';

/** Whether a revocation ends what this credential opened. An app's sessions are not told apart here: all come back at once. */
export function isRevoked(
  revoked: DomainEvents['credential.revoked'],
  userId: string,
  credential: Pick<Principal['credential'], 'kind' | 'id'>,
): boolean {
  if (revoked.kind !== credential.kind || revoked.exceptId === credential.id) return false;
  if (revoked.id !== undefined && revoked.id !== credential.id) return false;
  return revoked.userId === undefined || revoked.userId === userId;
}
