import type { IncomingMessage } from 'node:http';
import { ownOrigin } from '../credentials/own-origin.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may act with a cookie, as far as its browser tells where it comes from.
 *
 * Browsers mark every changing request that crosses sites, with `Sec-Fetch-Site` or at least with `Origin`; a request
 * with neither was not made by a page (the same rule as Go's `http.CrossOriginProtection`). A sibling subdomain is
 * another origin, and `Origin: null` is nobody's.
 */
export function isOwnPage(request: IncomingMessage, publicUrl: string | undefined): boolean {
  if (SAFE_METHODS.has(request.method ?? '')) return true;
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === ownOrigin(request, publicUrl);
}
