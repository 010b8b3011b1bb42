import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isPerUser, type CacheScope } from '../../services/index.js';
import type { CallPlan } from '../path/call-plan.js';
import type { Keeping } from './keeping.js';

/** Of `_meta`: what tells where a call comes from and not what it wants. */
const TRACES: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage', 'progressToken']);

/**
 * Stands for everything on which an answer may depend: for whom it was, which version of which service, what was called with
 * which arguments. Two spellings of one call (RFC 8785) have one key; nothing can be read from it. Pure.
 *
 * Where everybody uses the service with an account of their own, nothing is shared, whatever the scope says.
 *
 * @returns undefined for a call that has no canonical form, such as a text with half a character in it, and for one that is
 * made as somebody whose account is not the caller's
 */
export function cacheKey<T>(plan: CallPlan<T>, keeping: Keeping<T>, scope: CacheScope): string | undefined {
  const { origin, service } = plan;
  const ownAccounts = isPerUser(service);
  if (ownAccounts && origin.principal.actor) return undefined;
  const parts = [
    scope === 'shared' && !ownAccounts ? ['shared'] : ['user', origin.principal.userId],
    [service.id, service.version],
    keeping.subject,
    plan.arguments ?? null,
    meaningOf(origin.meta),
  ];
  try {
    return createHash('sha256')
      .update(canonicalize(parts) ?? '')
      .digest('base64url');
  } catch {
    return undefined;
  }
}

/** A service may read what a client says of its call; who says other things must not get this one's answer. */
function meaningOf(meta: Readonly<Record<string, unknown>> | undefined): unknown {
  if (!meta) return null;
  const said = Object.entries(meta).filter(([key]) => !TRACES.has(key));
  return said.length > 0 ? Object.fromEntries(said) : null;
}
