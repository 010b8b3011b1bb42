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
}

export const authorOf = (principal: Principal): Author => ({
  id: principal.userId,
  label: principal.email,
  may: (permission) => principal.permissions.has(permission),
});

/** What happens by a declaration file, or because something else was deleted. */
export const INSTALLATION: Author = { id: null, label: 'installation', may: () => true };

/** @throws {AppError} `permission_missing` */
export function demand(author: Author, permission: Permission): void {
  if (!author.may(permission)) throw new AppError('permission_missing', { details: { permission } });
}

/** As the trail names whoever acted; nobody for the installation. */
export const actorOf = (author: Author): { id: string; label: string } | null =>
  author.id === null ? null : { id: author.id, label: author.label };
