import { Inject, Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError, CONFIG, type Config } from '../../platform/index.js';
import { Authenticator } from '../authenticator.js';
import { carriedBy, type Carried } from '../credentials/carried.js';
import type { Principal } from '../principal.js';
import { ACCESS_RULE, type AccessRule } from './require-permission.js';
import { isOwnPage } from './same-origin.js';

/** First of the global guards: who is calling, and may this request act for them at all. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  private readonly logger = new Logger('AuthenticateGuard');

  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const carried = carriedBy(request, this.config.publicUrl);
    // Only what a browser adds by itself can be abused by another site; nobody adds our Authorization header for it.
    if (!carried.authorization && !isOwnPage(request, this.config.publicUrl)) throw new AppError('csrf_refused');
    const rule = ruleOf(this.reflector, context);
    if (!rule) {
      this.logger.error(
        `${context.getClass().name}.${context.getHandler().name} declares no access rule and is refused`,
      );
      throw new AppError('permission_missing', { details: { permission: 'none' } });
    }
    if (rule.kind !== 'public') request.principal = await this.authenticator.authenticate(carried);
    else if (rule.recognises) request.principal = await this.recognise(carried);
    return true;
  }

  /** On a public route a missing or invalid credential makes a stranger, not a refusal. */
  private async recognise(carried: Carried): Promise<Principal | undefined> {
    try {
      return await this.authenticator.authenticate(carried);
    } catch (error) {
      if (error instanceof AppError && error.status === 401) return undefined;
      throw error;
    }
  }
}

export const ruleOf = (reflector: Reflector, context: ExecutionContext): AccessRule | undefined =>
  reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [context.getHandler(), context.getClass()]);
