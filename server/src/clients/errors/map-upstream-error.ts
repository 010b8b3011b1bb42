import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import { AppError } from '../../platform/index.js';
import { errorChain, httpStatusOf, systemCodeOf } from './error-chain.js';
import {
  AnswerLost,
  CommandNotFound,
  InputNotRead,
  MessageTooComplex,
  MessageTooLarge,
  ProcessEnded,
  ServiceBusy,
  Unpinnable,
  UpgradeRefused,
} from './upstream-failures.js';

export interface FailureContext {
  /** Name of the service, for the text. */
  service: string;
  /** Connecting has no effect on the service; an exchange may have had one. */
  phase: 'connect' | 'exchange';
  /** How long was waited. */
  timeoutMs: number;
}

type Judge = (error: unknown, context: FailureContext) => AppError | undefined;

/** Codes after which nobody knows whether the request arrived. */
const BROKEN = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED'];
const TIMED_OUT = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
const CAUSE_CHARS = 300;

/**
 * What went wrong behind us, as one of our own errors.
 *
 * `cause` in the details is technical and the same in every language: a system code, an HTTP status, an exit code, or the
 * service's own words, cut.
 */
export function mapUpstreamError(error: unknown, context: FailureContext): AppError {
  for (const judge of JUDGES) {
    const verdict = judge(error, context);
    if (verdict) return verdict;
  }
  return failure('upstream_protocol', error, context, error instanceof Error ? error.message : String(error));
}

const byOurself: Judge = (error) => find(error, AppError);

const bySize: Judge = (error, context) => {
  const tooLarge = find(error, MessageTooLarge);
  if (!tooLarge) return undefined;
  const limit = `${tooLarge.limitBytes / 1024 / 1024} MiB`;
  return new AppError('output_too_large', { details: { service: context.service, limit }, cause: error });
};

const byComplexity: Judge = (error, context) => {
  const tooComplex = find(error, MessageTooComplex);
  return tooComplex && failure('upstream_protocol', error, context, tooComplex.reason);
};

const byPause: Judge = (error, { service }) => {
  const busy = find(error, ServiceBusy);
  return busy && new AppError('upstream_busy', { details: { service, seconds: busy.seconds }, cause: error });
};

const byPin: Judge = (error, { service }) => {
  const unpinnable = find(error, Unpinnable);
  if (!unpinnable) return undefined;
  const details = { service, cause: unpinnable.message.slice(0, CAUSE_CHARS) };
  return new AppError('command_unpinnable', { details, cause: error });
};

const byProcess: Judge = (error, context) => {
  const missing = find(error, CommandNotFound);
  if (missing) return failure('upstream_command_failed', error, context, missing.message);
  const ended = find(error, ProcessEnded);
  if (ended && context.phase === 'exchange') return failure('upstream_lost', error, context, ended.message);
  if (ended)
    return failure(
      'upstream_command_failed',
      error,
      context,
      [ended.message, lastLine(ended.stderr)].filter(Boolean).join(': '),
    );
  const unread = find(error, InputNotRead);
  return unread && failure('upstream_protocol', error, context, unread.message);
};

const byStatus: Judge = (error, context) => {
  const status = find(error, UpgradeRefused)?.status ?? httpStatusOf(error);
  if (status === undefined) return undefined;
  if (status === 401 || status === 403) return failure('upstream_unauthorised', error, context, `HTTP ${status}`);
  if (status >= 500)
    return failure(
      context.phase === 'connect' ? 'upstream_unreachable' : 'upstream_error',
      error,
      context,
      `HTTP ${status}`,
    );
  return failure(
    context.phase === 'connect' ? 'upstream_not_mcp' : 'upstream_protocol',
    error,
    context,
    `HTTP ${status}`,
  );
};

const byNetwork: Judge = (error, context) => {
  // What AbortSignal.timeout throws.
  if ([...errorChain(error)].some((each) => each.name === 'TimeoutError')) return timedOut(error, context);
  const code = systemCodeOf(error);
  if (code === undefined) return undefined;
  if (TIMED_OUT.includes(code)) return timedOut(error, context);
  if (BROKEN.includes(code) && context.phase === 'exchange') return failure('upstream_lost', error, context, code);
  return failure('upstream_unreachable', error, context, [code, placeIn(error)].filter(Boolean).join(' '));
};

const byProtocol: Judge = (error, context) => {
  const answered = find(error, ProtocolError);
  if (answered)
    return failure(
      context.phase === 'connect' ? 'upstream_protocol' : 'upstream_error',
      error,
      context,
      answered.message,
    );
  const sdk = find(error, SdkError);
  if (sdk?.code === SdkErrorCode.RequestTimeout) return timedOut(error, context);
  if (
    sdk?.code === SdkErrorCode.ConnectionClosed ||
    sdk?.code === SdkErrorCode.NotConnected ||
    find(error, AnswerLost)
  ) {
    return failure(
      context.phase === 'connect' ? 'upstream_unreachable' : 'upstream_lost',
      error,
      context,
      'connection closed',
    );
  }
  const content = contentTypeIn(error);
  if (content)
    return failure(context.phase === 'connect' ? 'upstream_not_mcp' : 'upstream_protocol', error, context, content);
  return undefined;
};

/** The SDK's SSE transport keeps of a connection that could not be made only its text. */
const bySseText: Judge = (error, context) => {
  for (const each of errorChain(error)) {
    const reason = /^SSE error: (?:TypeError: )?fetch failed(?:: (.*))?$/s.exec(each.message);
    if (reason) return failure('upstream_unreachable', error, context, reason[1] ?? 'fetch failed');
  }
  return undefined;
};

const JUDGES: readonly Judge[] = [
  byOurself,
  byPause,
  bySize,
  byComplexity,
  byPin,
  byProcess,
  byStatus,
  byNetwork,
  bySseText,
  byProtocol,
];

function timedOut(error: unknown, context: FailureContext): AppError {
  const seconds = Math.round(context.timeoutMs / 1000);
  if (context.phase === 'connect') return failure('upstream_unreachable', error, context, `timeout ${seconds} s`);
  return new AppError('upstream_timeout', { details: { service: context.service, seconds }, cause: error });
}

function failure(
  code:
    | 'upstream_unreachable'
    | 'upstream_command_failed'
    | 'upstream_unauthorised'
    | 'upstream_not_mcp'
    | 'upstream_protocol'
    | 'upstream_lost'
    | 'upstream_error',
  error: unknown,
  { service }: FailureContext,
  reason: string,
): AppError {
  return new AppError(code, { details: { service, cause: reason.slice(0, CAUSE_CHARS) }, cause: error });
}

function find<T extends Error>(error: unknown, type: abstract new (...args: never[]) => T): T | undefined {
  for (const each of errorChain(error)) if (each instanceof type) return each;
  return undefined;
}

function contentTypeIn(error: unknown): string | undefined {
  const unexpected = find(error, SdkError);
  if (unexpected?.code === SdkErrorCode.ClientHttpUnexpectedContent) return unexpected.message;
  for (const each of errorChain(error)) if (/content type/i.test(each.message)) return each.message;
  return undefined;
}

function placeIn(error: unknown): string | undefined {
  for (const each of errorChain(error)) {
    if ('address' in each && typeof each.address === 'string')
      return `${each.address}:${'port' in each ? String(each.port) : '?'}`;
    if ('hostname' in each && typeof each.hostname === 'string') return each.hostname;
  }
  return undefined;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
