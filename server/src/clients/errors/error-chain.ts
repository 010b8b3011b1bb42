import { types } from 'node:util';

/** An error and everything it says it was caused by, outermost first; follows `cause` and the SDK's `data.cause`. */
export function* errorChain(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  const queue = [error];
  while (queue.length > 0 && seen.size < 20) {
    const each = queue.shift();
    if (!isError(each) || seen.has(each)) continue;
    seen.add(each);
    yield each;
    queue.push(each.cause);
    if ('data' in each && typeof each.data === 'object' && each.data !== null && 'cause' in each.data)
      queue.push(each.data.cause);
    if ('errors' in each && Array.isArray(each.errors)) queue.push(...(each.errors as unknown[]));
  }
}

/** Also true for errors of another realm, such as those of Node itself when a test runs in a context of its own. */
const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);

/** The HTTP status that an error in the chain carries. */
export function httpStatusOf(error: unknown): number | undefined {
  for (const each of errorChain(error)) {
    if ('status' in each && typeof each.status === 'number') return each.status;
    // The SDK's SSE transport: the status is the `code` when connecting, and in the text when posting.
    if ('event' in each && 'code' in each && typeof each.code === 'number') return each.code;
    const posted = /^Error POSTing to endpoint \(HTTP (\d{3})\)/.exec(each.message)?.[1];
    if (posted) return Number(posted);
  }
  return undefined;
}

/** The first `code` such as ECONNREFUSED in the chain. */
export function systemCodeOf(error: unknown): string | undefined {
  for (const each of errorChain(error)) {
    if (
      'code' in each &&
      typeof each.code === 'string' &&
      /^(E[A-Z]+|UND_ERR_\w+|ERR_\w+|[A-Z]+(_[A-Z]+)+)$/.test(each.code) &&
      !isSdkCode(each)
    ) {
      return each.code;
    }
  }
  return undefined;
}

const isSdkCode = (error: Error): boolean => error.name === 'SdkError' || error.name === 'SdkHttpError';
