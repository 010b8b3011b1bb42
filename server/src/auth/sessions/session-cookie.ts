import type { CookieOptions, Response } from 'express';
import { parseCookie } from 'cookie';

/** The `__Host-` prefix makes browsers insist on Secure, Path=/ and no Domain: no sibling site can set it. */
export const SESSION_COOKIE = '__Host-gatehouse';

const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const satisfies CookieOptions;

export function setSessionCookie(response: Response, token: string, expiresAt: Date): void {
  response.cookie(SESSION_COOKIE, token, { ...ATTRIBUTES, expires: expiresAt });
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(SESSION_COOKIE, ATTRIBUTES);
}

/** The session token of a `Cookie` header; undefined when there is none, or more than one. */
export function sessionTokenOf(header: string | undefined): string | undefined {
  if (!header) return undefined;
  const named = header.split(';').filter((pair) => pair.trim().startsWith(`${SESSION_COOKIE}=`));
  return named.length === 1 ? parseCookie(header)[SESSION_COOKIE] : undefined;
}
