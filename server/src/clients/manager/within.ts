/** The work went on for longer than its caller could wait. */
export class WaitedTooLong extends Error {
  readonly code = 'ETIMEDOUT';
}

/**
 * Waits for `work` that belongs to others too, and stops waiting (not the work) at the deadline or when `signal` fires.
 *
 * @throws {WaitedTooLong}
 */
export async function within<T>(work: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  let release: () => void = () => undefined;
  const end = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new WaitedTooLong('the service was not connected in time')), ms);
    const abort = (): void => reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    release();
  }
}
