import type { Permission } from '@gatehouse/contracts';
import type { Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';

/** Who makes a change: a person with their permissions, or the installation itself, which may do everything. */
export interface Author {
  /** A user's id; null for the installation. */
  readonly id: string | null;
  /** For the trail: a person's e-mail address. */
  readonly label: string;
  readonly may: (permission: Permission) => boolean;
  /** Whether a service lies within what the author's credential is limited to; null for one that is yet to be made. */
  readonly reaches: (serviceId: string | null) => boolean;
}

export const authorOf = (principal: Principal): Author => ({
  id: principal.userId,
  label: principal.email,
  may: (permission) => principal.permissions.has(permission),
  reaches: (serviceId) => !principal.serviceIds || (serviceId !== null && principal.serviceIds.has(serviceId)),
});

/** What happens by a declaration file, or because something else was deleted. */
export const INSTALLATION: Author = { id: null, label: 'installation', may: () => true, reaches: () => true };

/** @throws {AppError} `permission_missing` */
export function demand(author: Author, permission: Permission): void {
  if (!author.may(permission)) throw new AppError('permission_missing', { details: { permission } });
}

/**
 * A key that is limited to some services neither makes others nor tries them out.
 *
 * @throws {AppError} `privilege_escalation`
 */
export function demandUnlimited(author: Author): void {
  if (!author.reaches(null)) throw new AppError('privilege_escalation');
}

/** As the trail names whoever acted; nobody for the installation. */
export const actorOf = (author: Author): { id: string; label: string } | null =>
  author.id === null ? null : { id: author.id, label: author.label };
