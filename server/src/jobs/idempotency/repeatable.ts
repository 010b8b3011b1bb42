import { UseInterceptors, applyDecorators, type Type } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { ReviewedBy, type ReplayCheck } from './replay-check.js';

/** A route that does once what comes with one `Idempotency-Key`, and whose answers are judged anew when they are given again. */
export const Repeatable = (check: Type<ReplayCheck>): MethodDecorator =>
  applyDecorators(ReviewedBy(check), UseInterceptors(IdempotencyInterceptor));
