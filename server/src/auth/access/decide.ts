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

/** Lets, or forbids, somebody to use what a passage opens. */
export interface PassageGrant {
  readonly id: string;
  readonly subject: Grant['subject'];
  readonly effect: Grant['effect'];
}

/**
 * A way to services that has grants of its own: the endpoint of a profile. Asked anew at each decision, so that a change
 * of the profile counts for calls that are under way to it.
 */
export interface Passage {
  /** How records and explanations name it. */
  readonly name: string;
  grants(): readonly PassageGrant[];
  /** Whether the thing lies behind it at all. */
  opens(object: Pick<AccessObject, 'serviceId' | 'want'>): boolean;
}

/** What somebody wants of a service: to see that it exists, to use its resources and prompts, or to call one tool. */
export interface AccessObject {
  readonly serviceId: string;
  readonly want: 'presence' | 'content' | { readonly tool: string };
  /** Where they came through; absent: straight to the service. */
  readonly via?: Passage | undefined;
}

/**
 * - `use`: call, list, read — decided by grants alone, whatever roles somebody has.
 * - `test`: try a service from its test panel — decided by the permission `services:test`, within the services of a key.
 */
export type AccessAction = 'use' | 'test';

export interface Decision {
  readonly allowed: boolean;
  readonly reason:
    | 'granted'
    | 'denied-by-grant'
    | 'no-grant'
    | 'not-in-key'
    | 'permission-missing'
    | 'has-permission'
    | 'passage-closed'
    | 'denied-by-passage';
  /** The grants that made the decision: all that deny, or else all that allow. */
  readonly grants: readonly Grant[];
  /** The same of the passage, where somebody came through one. */
  readonly passageGrants: readonly PassageGrant[];
}

/**
 * The one access decision of the product; lists are filtered by it and calls are checked by it.
 *
 * Default deny. A matching deny beats every allow. A service is present for whoever may use all or any one tool of it;
 * its resources and prompts take a grant on the whole service.
 *
 * Through a passage the grants of the passage allow, in place of those of the service; what it does not open, or opens to
 * others only, is not there. A denial of the service still holds: a passage leads around nobody's prohibition.
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
  if (!principal.permissions.has(action === 'test' ? 'services:test' : 'tools:use'))
    return because('permission-missing');
  if (principal.serviceIds && !principal.serviceIds.has(object.serviceId)) return because('not-in-key');
  if (action === 'test') return because('has-permission');
  const mine = grants.filter((grant) => grant.serviceId === object.serviceId && concerns(grant, principal));
  const denies = mine.filter((grant) => grant.effect === 'deny' && covers(grant, object));
  if (object.via) return throughPassage(object.via, principal, object, denies);
  if (denies.length > 0) return because('denied-by-grant', denies);
  const allows = mine.filter(
    (grant) => grant.effect === 'allow' && (covers(grant, object) || object.want === 'presence'),
  );
  return because(allows.length > 0 ? 'granted' : 'no-grant', allows);
}

/** The passage comes first: whoever it is closed to must not learn from a denial what lies behind it. */
function throughPassage(
  passage: Passage,
  principal: Principal,
  object: AccessObject,
  denies: readonly Grant[],
): Decision {
  const mine = passage.grants().filter((grant) => concerns(grant, principal));
  const closing = mine.filter(({ effect }) => effect === 'deny');
  if (closing.length > 0) return because('denied-by-passage', [], closing);
  if (mine.length === 0) return because('no-grant');
  if (!passage.opens(object)) return because('passage-closed', [], mine);
  return denies.length > 0 ? because('denied-by-grant', denies, mine) : because('granted', [], mine);
}

const because = (
  reason: Decision['reason'],
  grants: readonly Grant[] = [],
  passageGrants: readonly PassageGrant[] = [],
): Decision => ({ allowed: reason === 'granted' || reason === 'has-permission', reason, grants, passageGrants });

function concerns(grant: Pick<Grant, 'subject'>, principal: Principal): boolean {
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
