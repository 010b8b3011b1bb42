import { Injectable } from '@nestjs/common';
import { AccountDirectory, holds, type Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';
import type { RunAs } from './inspector.dto.js';

/**
 * As whom a request runs: the inspector's person, another user, or somebody who is in one group and nothing else.
 *
 * Of another user only the use of tools is taken over, and only if they have it; nothing of their other rights, and the
 * limits of the inspector's own credential stay. Records name who really acts.
 */
@Injectable()
export class AssumedPrincipals {
  constructor(private readonly accounts: AccountDirectory) {}

  /** @throws {AppError} `permission_missing`, `not_found` */
  assume(caller: Principal, as: RunAs | undefined): Principal {
    if (!as) return caller;
    if (!holds(caller, 'inspector:impersonate'))
      throw new AppError('permission_missing', { details: { permission: 'inspector:impersonate' } });
    return as.kind === 'user' ? this.user(caller, as.id) : this.group(caller, as.id);
  }

  private user(caller: Principal, id: string): Principal {
    const target = this.accounts.principalOf(id);
    if (!target) throw new AppError('not_found');
    return {
      ...this.inNameOf(caller, target.email),
      userId: target.userId,
      email: target.email,
      displayName: target.displayName,
      groupIds: target.groupIds,
      permissions: new Set(holds(target, 'tools:use') ? ['tools:use'] : []),
    };
  }

  private group(caller: Principal, id: string): Principal {
    const group = this.accounts.group(id);
    if (!group) throw new AppError('not_found');
    return {
      ...this.inNameOf(caller, group.name),
      userId: `group:${id}`,
      email: group.name,
      displayName: group.name,
      groupIds: new Set([id]),
      permissions: new Set(['tools:use']),
    };
  }

  private inNameOf({ userId, email, displayName, credential, serviceIds }: Principal, name: string) {
    return {
      credential: { ...credential, name: `${email} → ${name}` },
      serviceIds,
      actor: { userId, email, displayName },
    };
  }
}
