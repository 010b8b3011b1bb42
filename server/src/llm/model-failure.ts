import { AppError } from '../platform/index.js';

const LONGEST_CAUSE = 300;

/** What Node and undici call the ways in which no connection comes about. */
const NETWORK_CAUSES: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be resolved',
  EHOSTUNREACH: 'host unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 5 s',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within 60 s',
  UND_ERR_BODY_TIMEOUT: 'the answer stalled',
  UND_ERR_SOCKET: 'connection closed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  CERT_HAS_EXPIRED: 'certificate expired',
};

/**
 * Whatever a model threw, as one of our errors.
 *
 * @param detailed adds the provider's own words; for administrators, because they may quote the request
 */
export async function modelFailure(thrown: unknown, detailed = false): Promise<AppError> {
  const { APICallError, RetryError } = await import('ai');
  const error = RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  const refusal = chain(error).find((each): each is AppError => each instanceof AppError);
  if (refusal) return refusal;
  return new AppError('model_unavailable', {
    details: {
      cause: causeOf(error, APICallError.isInstance(error) ? error.statusCode : undefined, detailed).slice(
        0,
        LONGEST_CAUSE,
      ),
    },
    cause: error,
  });
}

function causeOf(error: unknown, statusCode: number | undefined, detailed: boolean): string {
  const network = chain(error)
    .map((each) => NETWORK_CAUSES[String((each as { code?: unknown }).code)])
    .find(Boolean);
  if (network) return network;
  const { name = '', message = '' } = error instanceof Error ? error : {};
  if (statusCode !== undefined) {
    const status = `HTTP ${statusCode}${hintFor(statusCode)}`;
    return detailed && message ? `${status}: ${message}` : status;
  }
  if (name === 'TimeoutError' || name === 'AbortError') return 'it took too long';
  return detailed && message ? message : 'it broke off its answer';
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return ' (the API key was refused)';
  if (status === 404) return ' (check the base URL, which often ends in /v1, and the name of the model)';
  if (status === 429) return ' (its rate limit or quota is used up)';
  if (status >= 300 && status < 400) return ' (redirects are not followed)';
  return '';
}

/** The error and what caused it, outermost first. */
function chain(error: unknown): object[] {
  const errors: object[] = [];
  for (let each = error; typeof each === 'object' && each !== null && errors.length < 6; each = (each as Error).cause) {
    errors.push(each);
  }
  return errors;
}
