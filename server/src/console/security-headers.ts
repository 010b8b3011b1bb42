import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import helmet from 'helmet';

/** What helmet sets on every answer; pages override the content security policy with their own. */
export const securityHeaders = helmet({
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

/** Strict transport security where the product is reached by https. */
export const strictTransport = (response: ServerResponse): void => {
  response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
};

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
