import { ProtocolError, type RequestId } from '@modelcontextprotocol/server';
import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '@gatehouse/contracts';
import { AppError, RequestContext, retryAfterSeconds, toAppError } from '../../platform/index.js';
import { writeMessage } from './write-message.js';

/** Codes of JSON-RPC 2.0 and of the MCP SDKs. */
export const RPC = {
  parseError: -32_700,
  invalidRequest: -32_600,
  invalidParams: -32_602,
  internal: -32_603,
  badRequest: -32_000,
  sessionNotFound: -32_001,
  headerMismatch: -32_020,
} as const;

/** What the caller named or wrote is wrong; MCP wants these as invalid params. */
const INVALID_PARAMS: ReadonlySet<ErrorCode> = new Set([
  'tool_not_found',
  'not_found',
  'arguments_invalid',
  'validation_failed',
  'bad_request',
  'request_state_invalid',
]);

/** An error of ours as a JSON-RPC error: our code, remedy and fields travel in `data`. Other errors show nothing of themselves. */
export function protocolErrorOf(thrown: unknown): ProtocolError {
  if (thrown instanceof ProtocolError) return thrown;
  const error = toAppError(thrown);
  const { language, requestId } = RequestContext.current();
  const { message, remedy } = error.text(language);
  return new ProtocolError(rpcCodeOf(error), message, {
    code: error.code,
    remedy,
    requestId,
    ...(error.fields && { fields: error.fields }),
    ...(retryAfterSeconds(error) !== undefined && { retryAfterSeconds: retryAfterSeconds(error) }),
  });
}

/** JSON-RPC reserves -32768 to -32000; outside of it the HTTP status says the kind. */
function rpcCodeOf({ code, family, status }: AppError): number {
  if (INVALID_PARAMS.has(code)) return RPC.invalidParams;
  return family === 'ours' && status === 500 ? RPC.internal : status;
}

/** Answers a request that never reached a server instance. */
export function answerWithError(
  response: ServerResponse,
  status: number,
  error: { code: number; message: string; data?: unknown },
  id: RequestId | null = null,
): void {
  writeMessage(response, status, { jsonrpc: '2.0', error, id });
}

/** The same for an error of ours, with its HTTP status. */
export function answerWithAppError(response: ServerResponse, error: AppError, id: RequestId | null = null): void {
  const { code, message, data } = protocolErrorOf(error);
  const seconds = retryAfterSeconds(error);
  if (error.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="gatehouse"');
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds));
  answerWithError(response, error.status, { code, message, data }, id);
}
