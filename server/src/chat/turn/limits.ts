import { AppError } from '../../platform/index.js';

/** What one question may take. A model that goes round in circles ends here. */
export const MAX_STEPS = 20;
export const MAX_CALLS = 50;
export const MAX_PARALLEL_CALLS = 5;
export const DEADLINE_MS = 5 * 60_000;

export const budgetUsed = (): AppError =>
  new AppError('turn_budget_used', { details: { steps: MAX_STEPS, calls: MAX_CALLS } });

export const deadlinePassed = (): AppError =>
  new AppError('turn_too_long', { details: { minutes: DEADLINE_MS / 60_000 } });
