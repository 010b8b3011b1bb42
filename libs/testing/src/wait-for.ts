import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `condition` gives something truthy, and gives that back.
 *
 * @param what shown when it does not happen in time, with the last error that `condition` threw
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 20_000,
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const deadline = performance.now() + deadlineMs;
  let failure: unknown;
  while (performance.now() < deadline) {
    try {
      const value = await condition();
      if (value) return value as Exclude<T, undefined | null | false | 0 | ''>;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await delay(20);
  }
  throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`, { cause: failure });
}
