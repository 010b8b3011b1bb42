/** How usable a service is right now. `stale`: the last good list is shown although the service does not answer. */
export const HEALTH_STATES = [
  'ready',
  'degraded',
  'empty',
  'unauthorised',
  'connecting',
  'stale',
  'down',
  'disabled',
  'unknown',
] as const;

export type HealthState = (typeof HEALTH_STATES)[number];
