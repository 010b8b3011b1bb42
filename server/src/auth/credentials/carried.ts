import type { IncomingMessage } from 'node:http';
import { AppError } from '../../platform/index.js';
import { ownOrigin } from './own-origin.js';

/** What a request carries that may say who is calling. */
export interface Carried {
  authorization?: string;
  cookie?: string;
  /** Origin of the page that sends it, as far as its browser says. */
  origin?: string;
}

/** Names under which credentials turn up in addresses, where logs and histories keep them. */
const IN_ADDRESS = new Set(['access_token', 'api_key', 'apikey', 'api-key', 'token', 'authorization']);

/**
 * The credentials of a request, from the only places where they may be.
 *
 * @throws {AppError} `credential_ambiguous` when the header came twice, or a credential is in the address
 */
export function carriedBy(request: IncomingMessage, publicUrl: string | undefined): Carried {
  if (count(request, 'authorization') > 1 || isInAddress(request.url ?? '')) throw new AppError('credential_ambiguous');
  const { authorization, cookie } = request.headers;
  const origin = originOf(request, publicUrl);
  return { ...(authorization && { authorization }), ...(cookie && { cookie }), ...(origin && { origin }) };
}

/** Browsers send no `Origin` with a GET to their own origin, but do say that it is one. */
function originOf(request: IncomingMessage, publicUrl: string | undefined): string | undefined {
  const { origin } = request.headers;
  if (origin !== undefined) return origin;
  return request.headers['sec-fetch-site'] === 'same-origin' ? ownOrigin(request, publicUrl) : undefined;
}

/** Node keeps the first of several `Authorization` headers and drops the rest silently; the raw list has them all. */
const count = (request: IncomingMessage, name: string): number =>
  request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;

function isInAddress(url: string): boolean {
  const start = url.indexOf('?');
  if (start < 0) return false;
  return [...new URLSearchParams(url.slice(start))].some(
    ([name, value]) => IN_ADDRESS.has(name.toLowerCase()) || /^gh[kea]_/.test(value),
  );
}
