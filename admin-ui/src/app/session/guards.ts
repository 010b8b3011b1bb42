import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn, type GuardResult, type UrlTree } from '@angular/router';
import { ApiError } from '@gatehouse/api-client';
import type { Permission } from '@gatehouse/contracts';
import { Session } from './session';

/** Lets signed-in people in; sends others to sign-in, or to set-up when nobody owns this installation yet. */
export const signedIn: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  return reached(router, state.url, async () => {
    await session.restore();
    if (session.me()) return true;
    if (await session.needsSetup()) return router.createUrlTree(['/setup']);
    return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { next: state.url } });
  });
};

/** Keeps sign-in and set-up from people who are signed in. */
export const signedOut: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  return reached(router, state.url, async () => {
    await session.restore();
    return !session.me() || router.createUrlTree(['/']);
  });
};

/** Shows a page only to holders of a permission; others stay at the address and read which permission is missing. */
export const needs =
  (permission: Permission): CanActivateFn =>
  () =>
    inject(Session).may(permission) ||
    stayAt(inject(Router).createUrlTree(['/forbidden'], { queryParams: { permission } }));

/** Without a server nobody can be let in or sent away: says so, and where to try again. */
async function reached(router: Router, url: string, decide: () => Promise<GuardResult>): Promise<GuardResult> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return stayAt(router.createUrlTree(['/unreachable'], { queryParams: { code: error.code, next: url } }));
  }
}

/** Shows another page without changing the address. */
const stayAt = (page: UrlTree) => new RedirectCommand(page, { skipLocationChange: true });
