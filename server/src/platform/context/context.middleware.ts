import type { NextFunction, Request, Response } from 'express';
import { RequestContext, contextOf } from './request-context.js';

/** Opens the request's context and tells the caller its id. */
export function contextMiddleware(request: Request, response: Response, next: NextFunction): void {
  const context = contextOf(request, request.ip ?? null);
  response.setHeader('X-Request-Id', context.requestId);
  RequestContext.run(context, next);
}
