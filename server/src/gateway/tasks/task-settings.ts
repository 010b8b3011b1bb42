/** How long things take around tasks. */
export interface TaskSettings {
  /** A call that is not answered by then becomes a task, for clients that know them, ms. */
  readonly patienceMs: number;
  /** For how long a task is kept when the client does not say, and at most, ms. */
  readonly ttlMs: number;
  readonly longestTtlMs: number;
  /** How often clients are asked to look, ms. */
  readonly pollIntervalMs: number;
}

/** Injects the settings, so that a test need not wait. */
export const TASK_SETTINGS = Symbol('TASK_SETTINGS');

export const DEFAULT_TASK_SETTINGS: TaskSettings = {
  patienceMs: 5_000,
  ttlMs: 3_600_000,
  longestTtlMs: 24 * 3_600_000,
  pollIntervalMs: 1_000,
};
