import type { CallStatus, HealthState } from '@gatehouse/contracts';
import type { Tone } from './status-chip';

/** Amber means "you must act", grey "merely off", red "broken". */
export const HEALTH_TONES: Record<HealthState, Tone> = {
  ready: 'ok',
  degraded: 'warn',
  empty: 'warn',
  unauthorised: 'warn',
  connecting: 'busy',
  stale: 'warn',
  down: 'bad',
  disabled: 'off',
  unknown: 'off',
};

export const CALL_TONES: Record<CallStatus, Tone> = {
  running: 'busy',
  success: 'ok',
  error: 'bad',
  denied: 'warn',
  cancelled: 'off',
  unknown: 'warn',
};
