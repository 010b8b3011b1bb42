import type { NextFunction, Request, Response } from 'express';
import { RequestContext, contextOf } from './request-context.js';

/** Opens the request's context and tells the caller its id. Nothing of ours is kept on the way, unless a route says so. */
export function contextMiddleware(request: Request, response: Response, next: NextFunction): void {
  const context = contextOf(request, request.ip ?? null);
  response.setHeader('X-Request-Id', context.requestId);
  response.setHeader('Cache-Control', 'no-store');
  RequestContext.run(context, next);
}
