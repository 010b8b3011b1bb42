import type { ServiceHealth } from '@gatehouse/api-client';
import { errorText, type ErrorText, type HealthState } from '@gatehouse/contracts';

/** Why a service is not ready and what to do about it; undefined when there is nothing to say. */
export function healthReason(health: ServiceHealth, language: string): ErrorText | undefined {
  return health.code && errorText(health.code, language.startsWith('zh') ? 'zh' : 'en', health.details);
}

/** Whether somebody looks at the service from time to time, so that the moment of the last look means something. */
export const isWatched = (state: HealthState): boolean => state !== 'disabled' && state !== 'unknown';
