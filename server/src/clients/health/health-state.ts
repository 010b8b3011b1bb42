import type { ErrorCode, HealthState } from '@gatehouse/contracts';

/** How usable a service is, why, and since when. */
export interface Health {
  readonly state: HealthState;
  /** Why it is not `ready`. */
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, string | number>>;
  /** When this state began. */
  readonly since: Date;
  readonly checkedAt: Date;
  /** Round trip of the last check that was answered. */
  readonly latencyMs?: number;
}

/** What happened to a service. */
export type Happening =
  | { kind: 'connecting' }
  /** @param offers how many tools, resources and prompts together */
  | { kind: 'connected'; offers: number; latencyMs?: number }
  | { kind: 'answered'; offers: number; latencyMs: number }
  /** A check was not answered in time, once, or the service asks for a pause. */
  | { kind: 'late'; code?: ErrorCode; timeoutMs: number }
  /** Calls to it fail, although it answers checks. */
  | { kind: 'tripped'; details: Readonly<Record<string, string | number>> }
  /** @param hasLists whether lists from an earlier connection can still be shown */
  | { kind: 'failed'; code: ErrorCode; details: Readonly<Record<string, string | number>>; hasLists: boolean }
  | { kind: 'disabled' }
  | { kind: 'enabled' };

type Verdict = Pick<Health, 'state' | 'code' | 'details' | 'latencyMs'>;

export const unknownHealth = (now: Date): Health => ({ state: 'unknown', since: now, checkedAt: now });

/**
 * The next state. Pure.
 *
 * A service that is down stays so while it is being called again: flickering to `connecting` every few seconds would say
 * nothing and hide the reason. A service that is switched off hears nothing but that it is switched on.
 */
export function nextHealth(health: Health, happening: Happening, now: Date): Health {
  if (health.state === 'disabled' && happening.kind !== 'enabled') return health;
  const verdict = judge(health, happening);
  if (!verdict) return health;
  const same = verdict.state === health.state && verdict.code === health.code;
  return { ...verdict, since: same ? health.since : now, checkedAt: now };
}

function judge(health: Health, happening: Happening): Verdict | undefined {
  const { latencyMs } = health;
  switch (happening.kind) {
    case 'connecting':
      return health.state === 'unknown' ? { state: 'connecting' } : undefined;
    case 'connected':
    case 'answered':
      return { state: happening.offers === 0 ? 'empty' : 'ready', latencyMs: happening.latencyMs ?? latencyMs };
    case 'late': {
      const details = { seconds: Math.round(happening.timeoutMs / 1000) };
      return { state: 'degraded', code: happening.code ?? 'upstream_timeout', details, latencyMs };
    }
    case 'tripped':
      return { state: 'degraded', code: 'upstream_unavailable', details: happening.details, latencyMs };
    case 'failed': {
      const { code, details } = happening;
      if (code === 'upstream_unauthorised') return { state: 'unauthorised', code, details };
      return { state: happening.hasLists ? 'stale' : 'down', code, details };
    }
    case 'disabled':
      return { state: 'disabled' };
    case 'enabled':
      return health.state === 'disabled' ? { state: 'unknown' } : undefined;
  }
}

/** Whether anybody has to be told of the difference. */
export const isNews = (before: Health, after: Health): boolean =>
  before.state !== after.state ||
  before.code !== after.code ||
  JSON.stringify(before.details) !== JSON.stringify(after.details);
