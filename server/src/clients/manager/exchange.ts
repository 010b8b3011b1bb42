import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import type { RawResult } from '../connection/passthrough.js';
import { MalformedResult, checkShape } from '../connection/result-shape.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { isSessionLost } from '../errors/session-lost.js';
import { LIMITS } from '../limits.js';
import { InputRequired, type Continuation, type Counterpart } from '../dialogue.js';
import { CallDialogue } from '../questions/call-dialogue.js';
import { callerMeta } from '../questions/caller-meta.js';
import { envelopeFor } from '../questions/capabilities.js';
import { explainRefusal } from '../questions/explain-refusal.js';
import { neededInput, type NeededInput } from '../questions/input-requests.js';
import type { Frame, Progress } from '../transports/observed-transport.js';
import { Deadline } from './deadline.js';
import type { ManagedClient } from './managed-client.js';
import { within } from './within.js';

/** How one exchange with a service is bounded and watched. */
export interface UpstreamOptions {
  /** From now, ms; connecting counts. Absent: what the service's definition says, else 60 s. Progress does not extend it. */
  timeoutMs?: number;
  /** The caller's own, in place of `timeoutMs`; it stands still while somebody is asked. */
  deadline?: Deadline;
  /** Aborting it cancels the exchange at the service too. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Sees the raw messages of this exchange. */
  onFrame?: (frame: Frame) => void;
  /** Goes along as `params._meta`; what describes the other hop, and traces that are none, are left out. */
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

/** One request of one caller, on its way. */
interface Errand {
  readonly client: ManagedClient;
  readonly request: UpstreamRequest;
  readonly options: UpstreamOptions;
  readonly deadline: Deadline;
  readonly dialogue: CallDialogue;
}

/** The SDK's own timer knows no pauses; the deadline's signal ends a request. */
const UNTIMED_MS = 2 ** 31 - 1;
/** Before a service is asked again that gave no question, but a state to come back with. */
const PACE_MS = 250;

/**
 * One request to a service and its answer, by an absolute deadline that stands still while somebody is asked.
 *
 * When the service has forgotten the session, and so has verifiably not taken the request, it is sent once more in a new
 * one. Nothing else is ever repeated, save that a modern service is sent the answers it asked for with the same request.
 *
 * @throws {AppError} everything that can go wrong, in terms of the catalogue
 * @throws {InputRequired} the service asks, and the counterpart takes that as an answer
 */
export async function exchange(
  client: ManagedClient,
  request: UpstreamRequest,
  options: UpstreamOptions,
): Promise<RawResult> {
  const { signal, counterpart } = options;
  const timeoutMs = Math.min(
    options.timeoutMs ?? client.service.config.timeoutMs ?? LIMITS.callMs,
    LIMITS.callCeilingMs,
  );
  const deadline = options.deadline ?? new Deadline(timeoutMs);
  const dialogue = new CallDialogue({ service: client.service.name, counterpart, deadline, signal });
  const errand = { client, request, options, deadline, dialogue };
  try {
    return await attempt(errand).catch((error: unknown) => {
      if (error instanceof SessionLost) return attempt(errand);
      throw error;
    });
  } catch (error) {
    if (signal?.aborted) throw new AppError('call_cancelled', { cause: error });
    if (error instanceof InputRequired) throw error;
    const reason = error instanceof SessionLost ? error.cause : error;
    throw mapUpstreamError(reason, { service: client.service.name, phase: 'exchange', timeoutMs });
  } finally {
    if (!options.deadline) deadline.end();
  }
}

async function attempt(errand: Errand): Promise<RawResult> {
  const { client, options, deadline, dialogue } = errand;
  const work = (connection: Connection): Promise<RawResult> =>
    connection.hearing(options.counterpart?.logLevel, deadline.leftMs, () => tell(errand, connection));
  const shared = await within(client.connected(), deadline.leftMs, options.signal);
  if (!client.asksUnclearly || !dialogue.canBeAsked) return shared.use(work);
  return client.useOwn(work, deadline.leftMs, options.signal);
}

async function tell(errand: Errand, connection: Connection): Promise<RawResult> {
  const { client, dialogue } = errand;
  try {
    return await converse(errand, connection);
  } catch (error) {
    // Whoever asks a question has begun to work, and must not be given the work again.
    if (!dialogue.hasBegun && isSessionLost(error, connection)) {
      client.dropSession(connection);
      throw new SessionLost(error);
    }
    const { counterpart, unavailable } = dialogue;
    throw explainRefusal(error, { service: client.service.name, counterpart, links: connection.links, unavailable });
  }
}

/** Sends the request until its answer is final; between two rounds, a modern service's questions are put. */
async function converse(errand: Errand, connection: Connection): Promise<RawResult> {
  const { request, options, deadline, dialogue } = errand;
  const { onProgress, onFrame } = options;
  const signal = AbortSignal.any([deadline.signal, ...(options.signal ? [options.signal] : [])]);
  const headers = request.headers?.(connection);
  const bounds = { timeoutMs: UNTIMED_MS, signal, onProgress, onFrame, headers, partner: dialogue };
  let continuation = options.continuation;
  for (let round = 0; ; round += 1) {
    const answer = await connection.request(request.method, paramsOf(errand, connection, continuation), bounds);
    const needed = neededInput(request.method, answer);
    if (!needed) {
      dialogue.finish();
      return checkShape(request.method, answer);
    }
    if (round === LIMITS.questions) throw new MalformedResult(`${round} rounds of questions, and one more`);
    continuation = await bring(needed, dialogue, signal);
  }
}

function paramsOf(
  { request, options }: Errand,
  { era }: Connection,
  continuation: Continuation | undefined,
): Record<string, unknown> {
  const modern = era === 'modern';
  const meta = { ...callerMeta(options.meta), ...(modern && envelopeFor(options.counterpart, undefined)) };
  return {
    ...request.params,
    // A legacy service knows neither: what it refused until something is done is simply asked for again.
    ...(modern && continuation),
    ...(Object.keys(meta).length > 0 && { _meta: meta }),
  };
}

/** @throws {InputRequired} to a counterpart that takes it */
async function bring(
  { questions, requestState }: NeededInput,
  dialogue: CallDialogue,
  signal: AbortSignal,
): Promise<Continuation> {
  if (dialogue.counterpart?.takesInputRequired) {
    dialogue.checkOffered(questions);
    throw new InputRequired(questions, requestState);
  }
  const state = requestState !== undefined && { requestState };
  if (Object.keys(questions).length > 0) return { inputResponses: await dialogue.askAll(questions), ...state };
  await delay(PACE_MS, undefined, { signal });
  return { ...state };
}
