import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Permission } from '@gatehouse/contracts';
import { AppError } from '../../platform/index.js';
import type { Principal } from '../principal.js';

/** What a route asks of its caller. A route without one is refused by the guard and by a test. */
export type AccessRule =
  | { kind: 'public'; recognises?: true }
  | { kind: 'signed-in'; embedded?: true }
  | { kind: 'permission'; permission: Permission };

export const ACCESS_RULE = 'gatehouse:access-rule';

/** Anybody on the network may call this route. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** Anybody may call this route; whoever carries a valid credential is known to the handler and may be told more. */
export const PublicRecognising = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'public', recognises: true } satisfies AccessRule);

/**
 * Any person and any key may call this route; the handler narrows what it answers to the caller. The token of an embed
 * session may not: it lies in a page of somebody else's, and is for chat and tools alone.
 */
export const SignedIn = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'signed-in' } satisfies AccessRule);

/** Like `SignedIn`, for what the embedded chat needs as well. */
export const SignedInOrEmbedded = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'signed-in', embedded: true } satisfies AccessRule);

/** The caller's principal must hold `permission`. */
export const RequirePermission = (permission: Permission): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'permission', permission } satisfies AccessRule);

declare module 'express' {
  interface Request {
    principal?: Principal;
  }
}

/** The principal of the request, for a handler's parameter. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<Request>();
  if (!principal) throw new AppError('auth_required');
  return principal;
});
