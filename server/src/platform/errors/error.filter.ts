import { Catch, HttpException, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorCode } from '@gatehouse/contracts';
import { RequestContext, contextOf, type Context } from '../context/request-context.js';
import { JsonRefused } from '../http/json-meter.js';
import { AppError } from './app-error.js';
import { errorBody, retryAfterSeconds } from './error-body.js';

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'bad_request',
  401: 'auth_required',
  403: 'permission_missing',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/** The one place where an error becomes a REST response. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = toAppError(thrown);
    const { requestId, language } = this.contextOf(host);
    if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code, requestId });
    if (response.headersSent) {
      response.end();
      return;
    }
    const seconds = retryAfterSeconds(error);
    if (seconds !== undefined) response.setHeader('Retry-After', String(seconds));
    response.status(error.status).json(errorBody(error, language, requestId));
  }

  /** A request that could not even be routed (a broken address) has none yet. */
  private contextOf(host: ArgumentsHost): Context {
    const current = RequestContext.current();
    if (current.requestId !== 'none') return current;
    const http = host.switchToHttp();
    const context = contextOf(http.getRequest<Request>(), null);
    http.getResponse<Response>().setHeader('X-Request-Id', context.requestId);
    return context;
  }
}

/** Frameworks throw their own exceptions; callers only ever see codes of the catalogue. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof JsonRefused) return refusedJson(thrown);
  const status = statusOf(thrown);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  if (!code) return new AppError('internal', { cause: thrown });
  return new AppError(code, { cause: thrown, details: DEFAULT_DETAILS[code] ?? {} });
}

const refusedJson = ({ kind, message }: JsonRefused): AppError =>
  kind === 'malformed'
    ? new AppError('bad_request')
    : new AppError('validation_failed', { fields: [{ path: '', message }] });

const DEFAULT_DETAILS: Partial<Record<ErrorCode, Record<string, string | number>>> = {
  rate_limited: { seconds: 60 },
  payload_too_large: { limit: '1 MiB' },
};

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  // body-parser and other Express middleware mark their errors with a status.
  const status = (thrown as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : undefined;
}
