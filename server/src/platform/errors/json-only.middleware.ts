import type { NextFunction, Request, Response } from 'express';
import { AppError } from './app-error.js';

/** Bodies are JSON or refused: a form post from another site must never look like an API call. */
export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  const isJson = type.trim().toLowerCase() === 'application/json';
  next(hasBody && !isJson ? new AppError('unsupported_media_type') : undefined);
}
