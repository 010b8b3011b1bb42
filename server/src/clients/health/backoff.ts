export interface BackoffSettings {
  firstMs: number;
  maxMs: number;
}

/** Local commands are dear to start. */
export const STDIO_BACKOFF: BackoffSettings = { firstMs: 1_000, maxMs: 60_000 };
/** Asking an address again is cheap, and people wait for the service to come back. */
export const NETWORK_BACKOFF: BackoffSettings = { firstMs: 1_000, maxMs: 8_000 };

/**
 * How long to wait before the next attempt, ms: doubling, and spread over the upper half of the step, so that services
 * that went down together do not come back together.
 *
 * @param failures in a row so far, at least 1
 * @param random in [0, 1)
 */
export function backoffMs(
  failures: number,
  { firstMs, maxMs }: BackoffSettings,
  random: number = Math.random(),
): number {
  const step = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(step * (0.5 + random / 2));
}
