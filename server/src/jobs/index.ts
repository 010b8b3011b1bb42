import './events.js';

export { CallbackDraft, Job } from './job.dto.js';
export { IDEMPOTENCY_KEY } from './idempotency/idempotency.interceptor.js';
export { Repeatable } from './idempotency/repeatable.js';
export type { ReplayCheck } from './idempotency/replay-check.js';
export { IdempotencyKeyRow } from './idempotency/idempotency-key.entity.js';
export type { JobEnding, JobFailure } from './job.js';
export { JobDesk, sees as seesJob } from './job-desk.js';
export { JobRow } from './job.entity.js';
export { JobHandlers } from './job-handler.js';
export type { JobHandler, JobWork } from './job-handler.js';
export { jobOf } from './job-presenter.js';
export { JobsModule } from './jobs.module.js';
export { prefersAsync } from './prefer.js';
