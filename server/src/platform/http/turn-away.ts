import type { IncomingMessage, ServerResponse } from 'node:http';
import { contextOf } from '../context/request-context.js';
import type { AppError } from '../errors/app-error.js';
import { errorBody } from '../errors/error-body.js';

/** What is left of a longer body is not read to the end for the sake of the connection. */
const SHORT_BODY = 64 * 1024;

export interface TurnAwayOptions {
  /** When to come back, s. */
  readonly retrySeconds?: number | undefined;
  /**
   * Whether the connection may go on. Making a new one costs this process more than a refusal; but one that goes on is in the
   * way of whoever waits for all to end.
   */
  readonly mayGoOn?: boolean;
}

/** Answers with an error before anything of the request was read. */
export function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  error: AppError,
  { retrySeconds, mayGoOn = false }: TurnAwayOptions = {},
): void {
  const { language, requestId } = contextOf(request, null);
  response
    .writeHead(error.status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...(!(mayGoOn && hasShortBody(request)) && { Connection: 'close' }),
      ...(retrySeconds !== undefined && { 'Retry-After': String(retrySeconds) }),
    })
    .end(JSON.stringify(errorBody(error, language, requestId)));
}

const hasShortBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SHORT_BODY;
