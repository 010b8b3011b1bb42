import type { ServiceType } from '../../services/index.js';
import { NETWORK_BACKOFF, STDIO_BACKOFF, type BackoffSettings } from '../health/backoff.js';
import { LIMITS } from '../limits.js';
import type { OwnSettings } from './own-connections.js';
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
  watch: WatchSettings;
  /** Connections for one call at a time, to a service whose questions do not show whose call they belong to. */
  own: OwnSettings;
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
  watch: { settleMs: 50, gatherMs: 50 },
  own: { most: 8, longestLine: 64, idleMs: 60_000 },
  startsAtOnce: 4,
};
