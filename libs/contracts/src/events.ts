import type { ErrorCode } from './errors.js';
import type { HealthState } from './health.js';

/** What `GET /api/events` sends, one JSON object per server-sent event whose `event:` is the type. */
export interface ServerEvents {
  'service.health': ServiceHealthEvent;
  /** A service was created, changed or deleted: lists should be read again. */
  'service.changed': { serviceId: string; change: 'created' | 'updated' | 'deleted' };
  /** What the service offers changed. */
  'service.capabilities': { serviceId: string };
  /** A call finished, from whichever door; sent only to those who may read the audit. */
  'call.finished': { callId: string; serviceId: string; tool: string; status: CallStatus };
  /** A job began, moved on or ended; sent to whoever may see it. */
  'job.changed': JobChangedEvent;
}

/** `unknown`: it began and nobody knows how far it came, so its effect is uncertain. */
export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'unknown'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export interface JobChangedEvent {
  jobId: string;
  status: JobStatus;
  progress: JobProgress | null;
}

/** How far a job is, in the words of whoever does the work: foreign text. */
export interface JobProgress {
  progress: number;
  total?: number;
  message?: string;
}

export interface ServiceHealthEvent {
  serviceId: string;
  state: HealthState;
  /** Why it is not `ready`; absent when it is. */
  code?: ErrorCode;
  /** Details that fill the code's text. */
  details?: Record<string, string | number>;
  /** ISO 8601, when this state began. */
  since: string;
  /** ISO 8601, when it was last looked at. */
  checkedAt: string;
  /** Round trip of the last check, ms. */
  latencyMs?: number;
}

/** How a call ended. `unknown`: it was sent and no answer came, so its effect is uncertain. */
export const CALL_STATUSES = ['running', 'success', 'error', 'denied', 'cancelled', 'unknown'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** By which door a call came. */
export const DOORS = ['rest', 'mcp', 'chat', 'direct', 'test', 'inspector', 'app', 'job', 'batch'] as const;
export type Door = (typeof DOORS)[number];
