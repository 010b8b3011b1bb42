import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../../platform/index.js';
import { ruleOf } from './authenticate.guard.js';

/** Last of the global guards: may this caller use this route. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = ruleOf(this.reflector, context);
    const { principal } = context.switchToHttp().getRequest<Request>();
    switch (rule?.kind) {
      case 'permission':
        if (principal?.permissions.has(rule.permission)) return true;
        throw new AppError('permission_missing', { details: { permission: rule.permission } });
      case 'signed-in':
        if (rule.embedded || principal?.credential.kind !== 'embed') return true;
        throw new AppError('session_required');
      default:
        return rule !== undefined;
    }
  }
}
