import type { Duplex } from 'node:stream';
import { RequestContext, errorBody, retryAfterSeconds, type AppError } from '../../platform/index.js';

/** Answers a request to upgrade as over HTTP, and ends the connection. */
export function answerUpgrade(
  connection: Duplex,
  status: number,
  content: object,
  headers: Readonly<Record<string, string | number>> = {},
): void {
  const body = JSON.stringify(content);
  const all = {
    Connection: 'close',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // Who is gone already needs no answer.
  connection.on('error', () => connection.destroy());
  connection.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
}

/** The same for an error of ours. */
export function refuseUpgrade(connection: Duplex, error: AppError): void {
  const { language, requestId } = RequestContext.current();
  const seconds = retryAfterSeconds(error);
  answerUpgrade(connection, error.status, errorBody(error, language, requestId), {
    ...(error.status === 401 && { 'WWW-Authenticate': 'Bearer realm="gatehouse"' }),
    ...(seconds !== undefined && { 'Retry-After': seconds }),
  });
}
