import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import type { RawResult } from '../connection/passthrough.js';
import { checkShape } from '../connection/result-shape.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { isSessionLost } from '../errors/session-lost.js';
import { LIMITS } from '../limits.js';
import type { Continuation, Counterpart } from '../dialogue.js';
import type { Frame, Progress } from '../transports/observed-transport.js';
import type { ManagedClient } from './managed-client.js';
import { within } from './within.js';

/** How one exchange with a service is bounded and watched. */
export interface UpstreamOptions {
  /** From now, ms; connecting counts. Absent: what the service's definition says, else 60 s. Progress does not extend it. */
  timeoutMs?: number;
  /** Aborting it cancels the exchange at the service too. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Sees the raw messages of this exchange. */
  onFrame?: (frame: Frame) => void;
  /** Goes along as `params._meta`; keys of `io.modelcontextprotocol/` describe the other hop and must not be in it. */
  meta?: ForeignObject;
  /** Who can be asked meanwhile; absent: nobody, and a question of the service is refused. */
  counterpart?: Counterpart;
  /** The answers to an earlier `InputRequired` of this request. */
  continuation?: Continuation;
  /** Whether the service may run the request as a task, whose end is waited for here; absent: it may. */
  mayBeTask?: boolean;
  /** Called once when the service said that it runs the request as a task. */
  onTask?: () => void;
}

export interface UpstreamRequest {
  method: string;
  params: Record<string, unknown>;
  /** Headers that depend on what the connection turned out to be. */
  headers?: (connection: Connection) => Record<string, string> | undefined;
}

/** Carries the service's refusal past the second attempt. */
class SessionLost extends Error {
  constructor(cause: unknown) {
    super('session lost', { cause });
  }
}

/**
 * One request to a service and its answer, by an absolute deadline.
 *
 * When the service has forgotten the session, and so has verifiably not taken the request, it is sent once more in a new
 * one. Nothing else is ever repeated.
 *
 * @throws {AppError} everything that can go wrong, in terms of the catalogue
 */
export async function exchange(
  client: ManagedClient,
  request: UpstreamRequest,
  options: UpstreamOptions,
): Promise<RawResult> {
  const timeoutMs = Math.min(
    options.timeoutMs ?? client.service.config.timeoutMs ?? LIMITS.callMs,
    LIMITS.callCeilingMs,
  );
  const deadlineMs = performance.now() + timeoutMs;
  try {
    return await attempt(client, request, options, deadlineMs).catch((error: unknown) => {
      if (error instanceof SessionLost) return attempt(client, request, options, deadlineMs);
      throw error;
    });
  } catch (error) {
    if (options.signal?.aborted) throw new AppError('call_cancelled', { cause: error });
    const reason = error instanceof SessionLost ? error.cause : error;
    throw mapUpstreamError(reason, { service: client.service.name, phase: 'exchange', timeoutMs });
  }
}

async function attempt(
  client: ManagedClient,
  { method, params, headers }: UpstreamRequest,
  { signal, onProgress, onFrame, meta }: UpstreamOptions,
  deadlineMs: number,
): Promise<RawResult> {
  const leftMs = (): number => Math.max(1, deadlineMs - performance.now());
  const shared = await within(client.connected(), leftMs(), signal);
  return shared.use(async (connection) => {
    const body = meta ? { ...params, _meta: meta } : params;
    const bounds = { timeoutMs: leftMs(), signal, onProgress, onFrame, headers: headers?.(connection) };
    try {
      return checkShape(method, await connection.request(method, body, bounds));
    } catch (error) {
      if (!isSessionLost(error, connection)) throw error;
      client.dropSession(connection);
      throw new SessionLost(error);
    }
  });
}
