import type { Permission } from '@gatehouse/contracts';
import { AppError, type AdminChange } from '../../platform/index.js';
import type { Principal } from '../principal.js';

/** Who changes something: a caller, or the installation itself (set-up, the operator's configuration, an embed app). */
export type Actor = Principal | 'installation';

export const onTrail = (actor: Actor): AdminChange['actor'] =>
  actor === 'installation' ? null : { id: actor.userId, label: actor.email };

/**
 * Nobody may give, take or take over rights that they do not have themselves.
 *
 * @throws {AppError} `privilege_escalation`
 */
export function mustHoldAll(actor: Actor, permissions: Iterable<Permission>): void {
  if (!holdsAll(actor, permissions)) throw new AppError('privilege_escalation');
}

export const holdsAll = (actor: Actor, permissions: Iterable<Permission>): boolean =>
  actor === 'installation' || [...permissions].every((permission) => actor.permissions.has(permission));

/** @throws {AppError} `permission_missing` */
export function mustHold(actor: Actor, permission: Permission): void {
  if (!holdsAll(actor, [permission])) throw new AppError('permission_missing', { details: { permission } });
}

export const isSelf = (actor: Actor, userId: string): boolean => actor !== 'installation' && actor.userId === userId;
