export { PERMISSIONS, ROLE_PRESETS, isPermission } from './permissions.js';
export type { Permission, RolePreset } from './permissions.js';
export { ERRORS, errorText, languageOf } from './errors.js';
export type { ErrorBody, ErrorCode, ErrorEntry, ErrorText, Language } from './errors.js';
export { HEALTH_STATES } from './health.js';
export type { HealthState } from './health.js';
export { CALL_STATUSES, DOORS, JOB_STATUSES } from './events.js';
export type {
  CallStatus,
  Door,
  JobChangedEvent,
  JobProgress,
  JobStatus,
  ServerEvents,
  ServiceHealthEvent,
} from './events.js';
export { CALL_CARD_STATES } from './chat.js';
export type { CallCard, CallCardError, CallCardState, DirectAct, TurnError, TurnStop } from './chat.js';
