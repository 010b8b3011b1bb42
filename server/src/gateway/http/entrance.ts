import type { IncomingMessage } from 'node:http';
import { isOurHost, type Config } from '../../platform/index.js';

type Address = Pick<Config, 'publicUrl' | 'host'>;

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

function isOurOrigin(origin: string, host: string, { publicUrl }: Address): boolean {
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host.toLowerCase());
}
