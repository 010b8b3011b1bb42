import { POOL_SIZES, type ServiceDefinition, type ServiceType } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import { NETWORK_BACKOFF, STDIO_BACKOFF, type BackoffSettings } from '../health/backoff.js';
import { LIMITS } from '../limits.js';
import type { BreakerSettings } from './breaker.js';
import type { ExtraSettings } from './extra-connections.js';
import type { OwnSettings } from './own-connections.js';
import type { UserSettings } from './user-clients.js';
import type { WatchSettings } from '../watch/resource-watches.js';

/** How connections are kept. All durations in ms. */
export interface ClientSettings {
  connectMs: Readonly<Record<ServiceType, number>>;
  listMs: number;
  /** Between two checks of a connection; a dead HTTP service is noticed within it. */
  checkMs: Readonly<Record<ServiceType, number>>;
  checkTimeoutMs: number;
  /** After how long without use a connection is given up; undefined: it is kept, so that its state stays live. */
  idleMs: Readonly<Record<ServiceType, number | undefined>>;
  backoff: Readonly<Record<ServiceType, BackoffSettings>>;
  /** Failures in a row after which a local command is not started again by itself. */
  stdioFailures: number;
  /** From a service's word that its lists have changed to reading them: more words may follow. */
  settleMs: number;
  /** At least between two such readings. */
  refreshMs: number;
  /** How long lists of a modern service are relied on, whatever it says of them. */
  listTtl: { leastMs: number; mostMs: number };
  watch: WatchSettings;
  /** Connections for one call at a time, to a service whose questions do not show whose call they belong to. */
  own: OwnSettings;
  /** Connections beside the first, where a service's pool may have several. */
  extra: Pick<ExtraSettings, 'targetWaitMs' | 'idleMs' | 'longestLine' | 'pauseMs'>;
  breaker: BreakerSettings;
  users: UserSettings;
  /** How many services are connected at once when the product starts. */
  startsAtOnce: number;
}

export const DEFAULT_SETTINGS: ClientSettings = {
  connectMs: LIMITS.connectMs,
  listMs: LIMITS.listMs,
  checkMs: { stdio: 15_000, http: 3_000, websocket: 3_000 },
  checkTimeoutMs: 5_000,
  idleMs: { stdio: 10 * 60_000, http: undefined, websocket: undefined },
  backoff: { stdio: STDIO_BACKOFF, http: NETWORK_BACKOFF, websocket: NETWORK_BACKOFF },
  stdioFailures: 5,
  settleMs: 50,
  refreshMs: 1_000,
  listTtl: { leastMs: 5 * 60_000, mostMs: 60 * 60_000 },
  watch: { settleMs: 50, gatherMs: 50 },
  own: { most: 8, longestLine: 64, idleMs: 60_000 },
  extra: { targetWaitMs: 20, idleMs: 60_000, longestLine: 256, pauseMs: 5_000 },
  breaker: { failures: 5, outcomes: 10, withinMs: 60_000, open: { firstMs: 5_000, maxMs: 15_000 } },
  users: { most: { stdio: 16, http: 200, websocket: 200 }, idleMs: 10 * 60_000 },
  startsAtOnce: 4,
};

/** How many calls at a time a connection takes before another is wanted; a local command usually does one thing at a time. */
const CALLS_EACH = { stdio: 1, websocket: 8, sse: 8, 'streamable-http': 16 } as const;

/**
 * How many connections a service may have besides the first; undefined where there can be no use of another.
 *
 * Streamable HTTP without a session has nothing to pool: every request stands for itself, and the sockets below adapt by
 * themselves.
 */
export function extraSettings(
  { type, config: { pool } }: Pick<ServiceDefinition, 'type' | 'config'>,
  { kind, hasSession }: Pick<Connection, 'kind' | 'hasSession'>,
  { extra }: Pick<ClientSettings, 'extra'>,
): ExtraSettings | undefined {
  const max = pool?.max ?? Math.max(pool?.min ?? 1, POOL_SIZES[type].usual);
  if (max === 1 || (kind === 'streamable-http' && !hasSession)) return undefined;
  return { ...extra, min: Math.min(pool?.min ?? 1, max), max, callsEach: CALLS_EACH[kind] };
}
