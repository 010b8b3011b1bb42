import type { Connection } from '../connection/connection.js';
import { httpStatusOf } from './error-chain.js';

/**
 * Whether a legacy HTTP service has forgotten our session, and therefore has not done what was asked.
 *
 * The specification wants 404; services that were restarted also answer 400 and speak of the session.
 */
export function isSessionLost(error: unknown, connection: Pick<Connection, 'hasSession' | 'kind'>): boolean {
  if (!connection.hasSession && connection.kind !== 'sse') return false;
  const status = httpStatusOf(error);
  return status === 404 || (status === 400 && error instanceof Error && /session/i.test(error.message));
}
