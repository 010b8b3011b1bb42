import { RequestContext, AppError } from '../platform/index.js';
import type { Job, JobDetail, JobError } from './job.dto.js';
import type { JobFailure } from './job.js';
import type { JobRow } from './job.entity.js';

/** How the REST API shows a job, without its result. In the reader's language. */
export const jobOf = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  status: row.status,
  progress: row.progress,
  owner: {
    id: row.ownerId,
    email: row.principal.email,
    name: row.principal.displayName,
    credential: row.principal.credential.kind,
  },
  attempts: row.attempts,
  idempotent: row.idempotent,
  cancelRequested: row.cancelRequested,
  error: row.failure && errorOf(row.failure),
  callback: callbackOf(row),
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  expiresAt: row.expiresAt,
});

export const jobDetailOf = (row: JobRow): JobDetail => ({ ...jobOf(row), result: row.result ?? null });

function errorOf({ code, details, fields }: JobFailure): JobError {
  const { message, remedy } = new AppError(code, { details: { ...details } }).text(RequestContext.current().language);
  return { code, message, remedy, ...(fields && { fields: [...fields] }) };
}

function callbackOf({ callbackShown, callbackState, callbackDueAt, deliveries }: JobRow): Job['callback'] {
  if (callbackShown === null || callbackState === null) return null;
  return { url: callbackShown, state: callbackState, nextAt: callbackDueAt, deliveries };
}
