import type { Permission } from '@gatehouse/contracts';
import type { Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';

/** Who makes a change: a person with their permissions, or the declaration file, which may do everything. */
export interface Author {
  /** A user's id; null for the declaration file. */
  readonly id: string | null;
  /** For the trail: an e-mail address, or a file's name. */
  readonly label: string;
  readonly may: (permission: Permission) => boolean;
}

export const authorOf = (principal: Principal): Author => ({
  id: principal.userId,
  label: principal.email,
  may: (permission) => principal.permissions.has(permission),
});

/** @throws {AppError} `permission_missing` */
export function demand(author: Author, permission: Permission): void {
  if (!author.may(permission)) throw new AppError('permission_missing', { details: { permission } });
}

/** As the trail names whoever acted; nobody for the declaration file. */
export const actorOf = (author: Author): { id: string; label: string } | null =>
  author.id === null ? null : { id: author.id, label: author.label };
