import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app-error.js';
import { parseJsonBody } from './json-text.js';
import { readBody } from './read-body.js';

/**
 * Bodies are JSON or refused: a form post from another site must never look like an API call.
 *
 * Size, depth and number of keys are checked on the bytes, because nobody has said yet who they are, and a text that is
 * nested deep enough stalls `JSON.parse` and everybody behind it for seconds.
 */
export function jsonBody(request: Request, response: Response, next: NextFunction): void {
  if (!hasBody(request)) return next();
  parsed(request).then(
    (body) => {
      request.body = body;
      next();
    },
    (error: unknown) => {
      // What is left of the body would be read as the next request.
      if (!request.complete) response.setHeader('Connection', 'close');
      next(error);
    },
  );
}

async function parsed(request: IncomingMessage): Promise<object> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new AppError('unsupported_media_type');
  const body = parseJsonBody(await readBody(request));
  if (typeof body !== 'object' || body === null) throw new AppError('bad_request');
  return body;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
