import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { from, mergeMap, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { ACCESS_RULE, type AccessRule } from '../../auth/index.js';
import { AdminTrail, RequestContext, WITHOUT_EFFECT } from '../../platform/index.js';

/** Changes that are on record elsewhere (calls) or belong to a person alone (their chat). */
const NOT_ADMINISTRATION: ReadonlySet<string> = new Set(['tools:use', 'chat:use']);

/**
 * The net under the trail: a changing admin route that succeeded without a row of its own gets one.
 *
 * Changes to stored data write their row inside their own transaction; this catches routes that act in other ways
 * (test a service, reconnect it) and any route whose author forgot.
 */
@Injectable()
export class TrailInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AdminTrail,
    private readonly database: DataSource,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const hasEffect = !this.reflector.get<boolean | undefined>(WITHOUT_EFFECT, context.getHandler());
    if (!hasEffect || !isAdministration(request.method, rule)) return next.handle();
    const current = RequestContext.current();
    return next
      .handle()
      .pipe(
        mergeMap((answer: unknown) =>
          from(current.trailed ? Promise.resolve() : this.recordRoute(request, context)).pipe(mergeMap(() => [answer])),
        ),
      );
  }

  private async recordRoute(request: Request, context: ExecutionContext): Promise<void> {
    const { principal } = request;
    const id = request.params['id'];
    await this.trail.record(this.database.manager, {
      action: `route.${context.getHandler().name}`.slice(0, 64),
      actor: principal ? { id: principal.userId, label: principal.email } : null,
      target: { kind: 'route', id: (typeof id === 'string' ? id : '').slice(0, 128), name: request.path },
    });
  }
}

const isAdministration = (method: string, rule: AccessRule | undefined): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(method) &&
  rule?.kind === 'permission' &&
  !NOT_ADMINISTRATION.has(rule.permission);
