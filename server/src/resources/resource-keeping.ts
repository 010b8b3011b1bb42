import type { ReadResourceResult } from '@modelcontextprotocol/server';
import type { CachePolicy, ServiceDefinition } from '../services/index.js';
import { wantsFresh, type CallOrigin, type Keeping, type Shelf } from '../tools/index.js';

/** A service may know its contents well, and is believed this far, ms (G10). */
const LONGEST_OWN_MS = 300_000;

/**
 * How contents of a resource are kept; undefined where no administrator turned that on, or for this one reading not.
 *
 * @param onKept hears that contents are kept, and for how long
 */
export function keepingOf(
  { config }: ServiceDefinition,
  uri: string,
  origin: CallOrigin,
  onKept: (ttlMs: number) => void,
): Keeping<ReadResourceResult> | undefined {
  const { resourceCache } = config;
  if (!resourceCache || wantsFresh(origin)) return undefined;
  return {
    // What the service calls private is this reader's, also where others are shared.
    scopes: resourceCache.scope === 'shared' ? ['shared', 'principal'] : ['principal'],
    subject: ['resource', uri],
    tag: uri,
    allows: (answer) => shelfOf(answer, resourceCache),
    onKept,
  };
}

/** What the service says of its contents narrows what the administrator allows, and never widens it. Pure. */
export function shelfOf(answer: ReadResourceResult, { ttlSeconds, scope }: CachePolicy): Shelf | undefined {
  const { ttlMs: said, cacheScope } = answer as { ttlMs?: unknown; cacheScope?: unknown };
  const allowedMs = ttlSeconds * 1_000;
  const ttlMs = typeof said === 'number' ? Math.min(said, LONGEST_OWN_MS, allowedMs) : allowedMs;
  if (!(ttlMs >= 1)) return undefined;
  return { ttlMs, scope: scope === 'shared' && cacheScope !== 'private' ? 'shared' : 'principal' };
}
