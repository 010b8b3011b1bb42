import { isIP } from 'node:net';
import type { Config } from '../config/config.js';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const EVERY_INTERFACE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Whether a `Host` header names this server. A name that somebody rebound to our address (DNS rebinding) makes a page of
 * theirs look like one of ours to its browser; the header is what gives it away. Pure.
 */
export function isOurHost(
  host: string | undefined,
  { publicUrl, host: bound }: Pick<Config, 'publicUrl' | 'host'>,
): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (LOOPBACK_NAMES.has(name) || name === bound) return true;
  if (publicUrl) return new URL(publicUrl).hostname === name;
  // Rebinding needs a name; an address was typed by somebody who knows where we are.
  return EVERY_INTERFACE.has(bound) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
