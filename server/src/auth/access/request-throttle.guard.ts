import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard, seconds, type ThrottlerLimitDetail, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { AppError } from '../../platform/index.js';

/** Requests per minute to one route, by one credential, or by one address where nobody signed in. */
export const REQUESTS_PER_MINUTE = 1_200;

export const THROTTLE: ThrottlerModuleOptions = {
  throttlers: [{ ttl: seconds(60), limit: REQUESTS_PER_MINUTE }],
  setHeaders: false,
};

/** Keeps one caller from taking the whole server. Tool calls have limits of their own and skip this one. */
@Injectable()
export class RequestThrottleGuard extends ThrottlerGuard {
  protected override getTracker(request: Request): Promise<string> {
    const { principal } = request;
    return principal
      ? Promise.resolve(`${principal.credential.kind}:${principal.credential.id}`)
      : super.getTracker(request);
  }

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    throw new AppError('rate_limited', { details: { seconds: Math.max(1, detail.timeToBlockExpire) } });
  }
}
