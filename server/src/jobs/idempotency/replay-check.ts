import { SetMetadata, type Type } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../../auth/index.js';

/**
 * Judges a kept answer before it is given again: what its first reader could do then, they may not do now.
 *
 * A provider of the module whose route is `Repeatable`.
 */
export interface ReplayCheck {
  /**
   * @param answer as it was given the first time, parsed
   * @returns what of it may be given again
   * @throws {AppError} the refusal that the request itself would meet now, when nothing of it may
   */
  review(request: Request, caller: Principal, answer: unknown): Promise<unknown>;
}

/** Names the check of a route; read by `IdempotencyInterceptor`. */
const REPLAY_CHECK = Symbol('replay check');

export const ReviewedBy = (check: Type<ReplayCheck>): MethodDecorator => SetMetadata(REPLAY_CHECK, check);

/** @throws {Error} for a route that has none: nothing may be given again there without a look */
export function replayCheckOf(handler: object): Type<ReplayCheck> {
  const check = Reflect.getMetadata(REPLAY_CHECK, handler) as Type<ReplayCheck> | undefined;
  if (!check) throw new Error('A route whose answers are given again has no replay check');
  return check;
}
