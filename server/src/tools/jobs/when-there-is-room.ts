import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../platform/index.js';

/** How often a call is tried for which there is no room. */
const MOST_ATTEMPTS = 20;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * Nobody waits on a connection for a job, so being one call too many is a reason to wait for it: nothing was done yet.
 *
 * @param rest waits for so many ms
 */
export async function whenThereIsRoom<T>(call: () => Promise<T>, rest: (ms: number) => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isTooMany(error) || attempt === MOST_ATTEMPTS) throw error;
      await rest(secondsOf(error) * 1_000);
    }
  }
}

/** @throws {AppError} `call_cancelled` */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { ...(signal && { signal }) });
  } catch (cause) {
    throw new AppError('call_cancelled', { cause });
  }
}

const isTooMany = (error: unknown): error is AppError => error instanceof AppError && error.code === 'too_many_calls';

const secondsOf = ({ details }: AppError): number => Math.min(Number(details['seconds'] ?? 1), LONGEST_PAUSE_SECONDS);
