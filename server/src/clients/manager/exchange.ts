import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../platform/index.js';
import type { ForeignObject, ToolDefinition } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import type { RawResult } from '../connection/raw-result.js';
import { MalformedResult, checkShape } from '../connection/result-shape.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { isSessionLost } from '../errors/session-lost.js';
import { LIMITS } from '../limits.js';
import { InputRequired, type Continuation, type Counterpart } from '../dialogue.js';
import { CallDialogue } from '../questions/call-dialogue.js';
import { callerMeta } from '../questions/caller-meta.js';
import { envelopeFor } from '../questions/capabilities.js';
import { explainRefusal } from '../questions/explain-refusal.js';
import { neededInput, questionsIn, type NeededInput } from '../questions/input-requests.js';
import { finishTask } from '../tasks/finish-task.js';
import { taskKeeper } from '../tasks/task-keeper.js';
import { taskOffer, type TaskOffer } from '../tasks/task-offer.js';
import { createdTask, type TaskView } from '../tasks/task-view.js';
import type { Frame, Progress } from '../transports/observed-transport.js';
import { Deadline } from './deadline.js';
import type { ManagedClient } from './managed-client.js';
import { within } from './within.js';

/** How one exchange with a service is bounded and watched. */
export interface UpstreamOptions {
  /** From now, ms; connecting counts. Absent: what the service's definition says, else 60 s. Progress does not extend it. */
  timeoutMs?: number;
  /** The caller's own, in place of `timeoutMs`; it stands still while somebody is asked. With it, `signal` fires at its end too. */
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
  /** Whether a modern service may run the request as a task, whose end is waited for here; absent: it may. */
  mayBeTask?: boolean;
  /** Called once when the service said that it runs the request as a task. */
  onTask?: () => void;
}

export interface UpstreamRequest {
  method: string;
  params: Record<string, unknown>;
  /** Headers that depend on what the connection turned out to be. */
  headers?: (connection: Connection) => Record<string, string> | undefined;
  /** The tool that is called: the service may run the call as a task. */
  tool?: Pick<ToolDefinition, 'execution'>;
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
  const shared = client.ready ?? (await within(client.connected(), deadline.leftMs, options.signal));
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
  const signal = endOf(options, deadline);
  const headers = request.headers?.(connection);
  const offer = offerOf(errand, connection);
  const mayBeTask = offer !== undefined;
  const bounds = { signal, onProgress, onFrame, headers, partner: dialogue, mayBeTask };
  let continuation = options.continuation;
  for (let round = 0; ; round += 1) {
    const params = { ...request.params, ...continuationFor(connection, continuation), ...offer?.params };
    const answer = await connection.request(request.method, withMeta(params, errand, connection, offer), bounds);
    const needed = neededInput(request.method, answer);
    if (!needed) {
      const task = offer && createdTask(answer);
      const result = task ? await awaitTask(task, offer, errand, connection, signal) : answer;
      dialogue.finish();
      return checkShape(request.method, result);
    }
    if (round === LIMITS.questions) throw new MalformedResult(`${round} rounds of questions, and one more`);
    continuation = await bring(needed, dialogue, signal);
  }
}

/** Fires when the time is up or the caller is gone. */
function endOf({ signal, deadline: callers }: UpstreamOptions, deadline: Deadline): AbortSignal {
  if (!signal) return deadline.signal;
  return callers ? signal : AbortSignal.any([deadline.signal, signal]);
}

/** A legacy service knows no continuation: what it refused until something is done is simply asked for again. */
const continuationFor = ({ era }: Connection, continuation: Continuation | undefined): Continuation | undefined =>
  era === 'modern' ? continuation : undefined;

function withMeta(
  params: Record<string, unknown>,
  { options }: Errand,
  { era }: Connection,
  offer: TaskOffer | undefined,
): Record<string, unknown> {
  const envelope = era === 'modern' && envelopeFor(options.counterpart, offer?.extensions);
  if (!envelope && !options.meta) return params;
  const meta = { ...callerMeta(options.meta), ...envelope };
  return Object.keys(meta).length > 0 ? { ...params, _meta: meta } : params;
}

function offerOf({ request, options, deadline }: Errand, connection: Connection): TaskOffer | undefined {
  const { mayBeTask = true } = options;
  return request.tool && (mayBeTask || connection.era === 'legacy')
    ? taskOffer(connection, request.tool, deadline.leftMs)
    : undefined;
}

/** The answer that a task comes to; its questions are put as those of any call. */
function awaitTask(
  task: TaskView,
  offer: TaskOffer,
  errand: Errand,
  connection: Connection,
  signal: AbortSignal,
): Promise<RawResult> {
  const { options, dialogue } = errand;
  const { onFrame, onProgress, onTask } = options;
  onTask?.();
  const keeper = taskKeeper(connection, dialogue, (method, params, bounds) =>
    connection.request(method, withMeta(params, errand, connection, offer), { ...bounds, onFrame, partner: dialogue }),
  );
  const ask = (questions: Readonly<Record<string, unknown>>): Promise<ForeignObject> =>
    dialogue.askAll(questionsIn('tasks/get', questions));
  return connection.occupied(dialogue, () => finishTask(task, keeper, { signal, onProgress, ask }));
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
