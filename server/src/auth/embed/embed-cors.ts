import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { EmbedAppBook } from './embed-app-book.js';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, Accept-Language, X-Request-Id';
const RESPONSE_HEADERS = 'X-Request-Id, Retry-After';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of listed origins read our answers, with a token of their own and never with cookies.
 *
 * Origins are compared whole; any other origin gets no header at all, so its browser keeps the answer from the page.
 */
@Injectable()
export class EmbedCors implements NestMiddleware {
  constructor(private readonly book: EmbedAppBook) {}

  use(request: Request, response: Response, next: NextFunction): void {
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined || !this.book.lists(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', RESPONSE_HEADERS);
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return next();
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    response.status(204).end();
  }
}
