import type { CallPlan } from './call-plan.js';

/** Step 8, cache: may have the answer to a call already. */
export abstract class ResultCache {
  /** @returns the answer of an equal call that is still fresh for this principal; undefined to go and ask */
  abstract find<T>(plan: CallPlan<T>): Promise<{ answer: T } | undefined>;
  /** Told of every answer of a service; keeps it or not. */
  abstract keep<T>(plan: CallPlan<T>, answer: T): Promise<void>;
}

/** Keeps nothing. No tool is known to give the same answer twice until an administrator says so. */
export class NoResultCache extends ResultCache {
  override find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  override keep(): Promise<void> {
    return Promise.resolve();
  }
}
