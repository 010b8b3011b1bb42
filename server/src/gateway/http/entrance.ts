import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Config } from '../../platform/index.js';

type Address = Pick<Config, 'publicUrl' | 'host'>;

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const EVERY_INTERFACE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Why a request is turned away before anything of it is read. */
export type Objection = { status: 421 | 403; message: string };

/**
 * Keeps pages of other sites out (DNS rebinding, cross-site requests): the request must name a host that is ours, and come
 * from no page or from a page of that host. Pure.
 */
export function objectionTo(request: Pick<IncomingMessage, 'headers'>, address: Address): Objection | undefined {
  const { host, origin } = request.headers;
  if (!host || !isOurHost(host, address)) return { status: 421, message: 'This server does not answer for that host.' };
  if (origin === undefined || isOurOrigin(origin, host, address)) return undefined;
  return { status: 403, message: 'Pages of other origins may not use this endpoint.' };
}

function isOurHost(host: string, { publicUrl, host: bound }: Address): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (LOOPBACK_NAMES.has(name) || name === bound) return true;
  if (publicUrl) return new URL(publicUrl).hostname === name;
  // Rebinding needs a name; an address was typed by somebody who knows where we are.
  return EVERY_INTERFACE.has(bound) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function isOurOrigin(origin: string, host: string, { publicUrl }: Address): boolean {
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host.toLowerCase());
}
