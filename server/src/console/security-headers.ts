import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

const settings = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
  // Plain http is only ever used on loopback, where it would pin a developer's browser.
  strictTransportSecurity: false,
});

/**
 * The headers of every answer, as helmet sets them; pages override the content security policy with their own. They are the
 * same each time, so helmet is asked once.
 *
 * @param isHttps whether the product is reached by https: browsers then stay with it
 */
export function securityHeaders(isHttps: boolean): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string) => void headers.set(name, value),
    removeHeader: (name: string) => void headers.delete(name),
  };
  settings({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  if (isHttps) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  return headers;
}

/** They tell a browser what a document may do, and say nothing to whoever reads JSON. */
const OF_DOCUMENTS: ReadonlySet<string> = new Set([
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]);

/**
 * The headers of an answer that is never a page: what is left keeps a browser from making one of it. Each header costs on
 * every call, here and at the client.
 */
export const dataHeaders = (isHttps: boolean): ReadonlyMap<string, string> =>
  new Map([...securityHeaders(isHttps)].filter(([name]) => !OF_DOCUMENTS.has(name.toLowerCase())));

/** A nonce for one page load. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/** The console: its own scripts, its own styles and those that Angular adds with the page's nonce. */
export const consolePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The API explorer brings inline styles; it sends requests to this origin only. */
export const explorerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');
