import type { Principal } from '../principal.js';

/** Lets, or forbids, somebody to use a service or one of its tools. */
export interface Grant {
  readonly id: string;
  readonly subject:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'group'; readonly id: string }
    | { readonly kind: 'user'; readonly id: string };
  readonly serviceId: string;
  /** Exact name of a tool; null for the whole service, its resources and prompts included. */
  readonly tool: string | null;
  readonly effect: 'allow' | 'deny';
}

/** What somebody wants of a service: to see that it exists, to use its resources and prompts, or to call one tool. */
export interface AccessObject {
  readonly serviceId: string;
  readonly want: 'presence' | 'content' | { readonly tool: string };
}

/**
 * - `use`: call, list, read — decided by grants alone, whatever roles somebody has.
 * - `test`: try a service from its test panel — decided by the permission `services:test`, within the services of a key.
 */
export type AccessAction = 'use' | 'test';

export interface Decision {
  readonly allowed: boolean;
  readonly reason: 'granted' | 'denied-by-grant' | 'no-grant' | 'not-in-key' | 'permission-missing' | 'has-permission';
  /** The grants that made the decision: all that deny, or else all that allow. */
  readonly grants: readonly Grant[];
}

/**
 * The one access decision of the product; lists are filtered by it and calls are checked by it.
 *
 * Default deny. A matching deny beats every allow. A service is present for whoever may use all or any one tool of it;
 * its resources and prompts take a grant on the whole service.
 * Pure: the same arguments always give the same decision.
 *
 * @param grants the grants of `object.serviceId`; others are ignored
 */
export function decide(
  grants: readonly Grant[],
  principal: Principal,
  action: AccessAction,
  object: AccessObject,
): Decision {
  if (!principal.permissions.has(action === 'test' ? 'services:test' : 'tools:use')) {
    return { allowed: false, reason: 'permission-missing', grants: [] };
  }
  if (principal.serviceIds && !principal.serviceIds.has(object.serviceId)) {
    return { allowed: false, reason: 'not-in-key', grants: [] };
  }
  if (action === 'test') return { allowed: true, reason: 'has-permission', grants: [] };
  const mine = grants.filter((grant) => grant.serviceId === object.serviceId && concerns(grant, principal));
  const denies = mine.filter((grant) => grant.effect === 'deny' && covers(grant, object));
  if (denies.length > 0) return { allowed: false, reason: 'denied-by-grant', grants: denies };
  const allows = mine.filter(
    (grant) => grant.effect === 'allow' && (covers(grant, object) || object.want === 'presence'),
  );
  const allowed = allows.length > 0;
  return { allowed, reason: allowed ? 'granted' : 'no-grant', grants: allows };
}

function concerns(grant: Grant, principal: Principal): boolean {
  switch (grant.subject.kind) {
    case 'everyone':
      return true;
    case 'group':
      return principal.groupIds.has(grant.subject.id);
    case 'user':
      return grant.subject.id === principal.userId;
  }
}

/** A grant without a tool covers all tools; one with a tool covers exactly that tool. */
const covers = (grant: Grant, object: AccessObject): boolean =>
  grant.tool === null || (typeof object.want === 'object' && object.want.tool === grant.tool);
