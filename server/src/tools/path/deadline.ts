import { Deadline } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import type { CallOrigin, Dispatch } from './call-plan.js';

const AWAITED = { defaultMs: 60_000, longestMs: 600_000 };
/** Nobody waits on a connection. */
const LONG_RUNNING = { defaultMs: 3_600_000, longestMs: 3_600_000 };

/** How long a call may take: what the caller wants, otherwise what the service is set to, within the ceiling. */
export function timeoutOf(
  { timeoutMs, longRunning }: Pick<CallOrigin, 'timeoutMs' | 'longRunning'>,
  serviceTimeoutMs: number | undefined,
): number {
  const { defaultMs, longestMs } = longRunning ? LONG_RUNNING : AWAITED;
  return Math.min(timeoutMs ?? serviceTimeoutMs ?? defaultMs, longestMs);
}

/**
 * Runs `send` under an absolute deadline, which stands still while somebody is asked, and no longer than the caller is
 * there. Whichever ends it, the service is told through the signal, and the promise settles whether or not the last hop
 * reacts.
 *
 * @throws {AppError} `upstream_timeout` · `call_cancelled` · whatever `send` throws
 */
export async function withinDeadline<T>(
  origin: CallOrigin,
  service: { name: string; timeoutMs: number | undefined },
  send: (dispatch: Dispatch) => Promise<T>,
): Promise<T> {
  const timeoutMs = timeoutOf(origin, service.timeoutMs);
  const ending = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  // The last hop reports an abort in its own words; ours say why.
  const end = (reason: AppError): void => {
    reject(reason);
    ending.abort(reason);
  };
  const onGone = (): void => end(new AppError('call_cancelled'));
  if (origin.signal?.aborted) throw new AppError('call_cancelled');
  origin.signal?.addEventListener('abort', onGone);
  const deadline = new Deadline(timeoutMs, () =>
    end(new AppError('upstream_timeout', { details: { service: service.name, seconds: timeoutMs / 1_000 } })),
  );
  const { onProgress, onFrame, counterpart, meta, continuation, mayBeTask, onTask } = origin;
  try {
    send({
      ...(!origin.principal.actor && { userId: origin.principal.userId }),
      timeoutMs,
      deadline,
      signal: ending.signal,
      ...(onProgress && { onProgress }),
      ...(onFrame && { onFrame }),
      ...(counterpart && { counterpart }),
      ...(meta && { meta }),
      ...(continuation && { continuation }),
      ...(mayBeTask !== undefined && { mayBeTask }),
      ...(onTask && { onTask }),
    }).then(resolve, reject);
    return await promise;
  } finally {
    deadline.end();
    origin.signal?.removeEventListener('abort', onGone);
  }
}
