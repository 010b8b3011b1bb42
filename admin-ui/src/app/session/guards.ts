import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import type { Permission } from '@gatehouse/contracts';
import { Session } from './session';

/** Lets signed-in people in; sends others to sign-in, or to set-up when nobody owns this installation yet. */
export const signedIn: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  if (session.me()) return true;
  if (await session.needsSetup()) return router.createUrlTree(['/setup']);
  return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { next: state.url } });
};

/** Keeps sign-in and set-up from people who are signed in. */
export const signedOut: CanActivateFn = () => !inject(Session).me() || inject(Router).createUrlTree(['/']);

/** Shows a page only to holders of a permission; others stay at the address and read which permission is missing. */
export const needs =
  (permission: Permission): CanActivateFn =>
  () => {
    if (inject(Session).may(permission)) return true;
    const refusal = inject(Router).createUrlTree(['/forbidden'], { queryParams: { permission } });
    return new RedirectCommand(refusal, { skipLocationChange: true });
  };
