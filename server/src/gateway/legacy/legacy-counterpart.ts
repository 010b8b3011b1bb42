import {
  ProtocolError,
  ProtocolErrorCode,
  SdkError,
  type ClientCapabilities,
  type StandardSchemaV1,
} from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import type { Counterpart, Question } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { callerOf } from '../caller.js';
import { logRelay } from '../surface/origin-parts.js';
import type { LegacyPeer } from './legacy-peer.js';

/** How long a person may think about one question, ms. */
const ANSWER_MS = 10 * 60_000;

/** Answers travel as they are: what a service makes of them is its own affair. */
const AS_IT_IS: StandardSchemaV1<unknown, ForeignObject> = {
  '~standard': { version: 1, vendor: 'gatehouse', validate: (value) => ({ value: value as ForeignObject }) },
};

/**
 * The client of a legacy session while one of its requests runs. Questions and log messages go out on the stream of that
 * request; a client that takes no streams has nothing that could be asked of it.
 *
 * @param slug of the service that the request is for
 */
export function legacyCounterpart(context: CallContext, slug: string | undefined): Counterpart | undefined {
  const { legacy } = callerOf(context);
  if (!legacy?.isReachable) return undefined;
  const { peer } = legacy;
  return {
    capabilities: peer.capabilities,
    ask: (question, signal) => ask(context, peer, question, { service: slug, signal }),
    onElicitationComplete: (elicitationId) => peer.tellComplete(elicitationId),
    onLog: logRelay(context, slug),
    logLevel: peer.logLevel,
    takesInputRequired: false,
  };
}

/**
 * @throws {ProtocolError} the client's own refusal, which is the service's to read; or ours when the client cannot be asked this
 * @throws {AppError} `question_unanswered` · `call_cancelled`
 */
async function ask(
  context: CallContext,
  peer: LegacyPeer,
  { method, params }: Question,
  { service, signal }: { service: string | undefined; signal: AbortSignal },
): Promise<ForeignObject> {
  const objection = objectionTo({ method, params }, peer);
  if (objection) throw new ProtocolError(ProtocolErrorCode.InvalidParams, objection);
  try {
    return await context.mcpReq.send({ method, params }, AS_IT_IS, { signal, timeout: ANSWER_MS });
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (signal.aborted) throw new AppError('call_cancelled', { cause: error });
    if (error instanceof SdkError) {
      throw new AppError('question_unanswered', {
        details: { service: service ?? '', minutes: ANSWER_MS / 60_000 },
        cause: error,
      });
    }
    throw error;
  }
}

/** Why this client cannot be asked this; a sentence for the service. */
function objectionTo({ method, params }: Question, { capabilities, knowsUrlMode }: LegacyPeer): string | undefined {
  if (method !== 'elicitation/create') {
    return capabilities[FAMILY[method]] ? undefined : `The client did not declare ${FAMILY[method]}.`;
  }
  if (!capabilities.elicitation) return 'The client did not declare elicitation.';
  if (params['mode'] !== 'url') return undefined;
  if (!knowsUrlMode) return 'The client speaks a revision that has no elicitation by URL (it came with 2025-11-25).';
  return capabilities.elicitation.url ? undefined : 'The client did not declare elicitation by URL.';
}

const FAMILY = {
  'sampling/createMessage': 'sampling',
  'roots/list': 'roots',
} as const satisfies Record<string, keyof ClientCapabilities>;
