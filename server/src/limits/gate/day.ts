const DAY_MS = 86_400_000;

export const DAY_SECONDS = DAY_MS / 1_000;

/** A day of UTC, on which all quotas of that day begin and end. */
export interface Day {
  /** Days since the epoch. */
  readonly number: number;
  readonly start: Date;
  /** When the quotas of the next one begin. */
  readonly end: Date;
  /** Whole seconds until then, at least one. */
  readonly secondsLeft: number;
}

export function dayOf(now: Date): Day {
  const number = Math.floor(now.getTime() / DAY_MS);
  const endMs = (number + 1) * DAY_MS;
  return {
    number,
    start: new Date(number * DAY_MS),
    end: new Date(endMs),
    secondsLeft: Math.max(1, Math.ceil((endMs - now.getTime()) / 1_000)),
  };
}
