import type { ApiKey } from '@gatehouse/api-client';
import type { Tone } from '../../ui/status-chip';

export type KeyState = 'active' | 'expiring' | 'expired' | 'revoked';

/** An expiry this near wants a new key soon: one working week and its week-end, ms. */
const SOON_MS = 7 * 86_400_000;

/** The state of a key at the moment `now`, ms since the epoch. */
export function keyState(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: number): KeyState {
  if (key.revokedAt) return 'revoked';
  if (!key.expiresAt) return 'active';
  const left = Date.parse(key.expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < SOON_MS ? 'expiring' : 'active';
}

export const KEY_TONES: Record<KeyState, Tone> = { active: 'ok', expiring: 'warn', expired: 'off', revoked: 'off' };

export const EXPIRIES = ['never', 'days30', 'days90', 'year'] as const;
export type Expiry = (typeof EXPIRIES)[number];

const DAYS: Record<Expiry, number> = { never: 0, days30: 30, days90: 90, year: 365 };

/** The moment a choice means, ISO 8601; undefined: never. */
export const expiryMoment = (expiry: Expiry, now: number): string | undefined =>
  expiry === 'never' ? undefined : new Date(now + DAYS[expiry] * 86_400_000).toISOString();
