import { Injectable } from '@nestjs/common';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { CallContext } from '../../call-context.js';
import { InputRequired, LinkRequired, type Continuation, type Question } from '../../../clients/index.js';
import { AppError } from '../../../platform/index.js';
import type { ForeignObject } from '../../../services/index.js';
import { CallPath, type CallOrigin } from '../../../tools/index.js';
import { callerOf } from '../../caller.js';
import { originOf } from '../../surface/origin.js';
import { relayedQuestion } from '../../surface/relay.js';
import type { Subject } from '../../surface/subject.js';
import { withMissingCapability } from '../missing-capability.js';
import { digestOf } from './argument-digest.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { ParkableCall, type Turn } from './parkable-call.js';
import { ParkedCalls } from './parked-calls.js';
import { RequestStates, StateRefused, type Binding, type Errand } from './request-states.js';

/** Longest state of a service that is carried to a client and back, characters. */
const MAX_SERVICE_STATE = 128 * 1024;

/** One request of a modern client, with everything that belongs to it. */
interface Round {
  readonly context: CallContext;
  readonly subject: Subject;
  readonly origin: CallOrigin;
  readonly exchange: Exchange;
}

/**
 * Lets services of both eras ask a modern client, which cannot be asked: it is answered with the questions, and comes back.
 *
 * A modern service holds nothing meanwhile, its own state travels inside ours; the call of a legacy service waits here.
 */
@Injectable()
export class ModernConversation {
  constructor(
    private readonly states: RequestStates,
    private readonly parkedCalls: ParkedCalls,
    private readonly path: CallPath,
  ) {}

  /** Ends every call that waits for its client. */
  close(): void {
    this.parkedCalls.endAll();
  }

  /**
   * @param call runs once for the first request; also for every round in which a modern service asked before
   * @throws {AppError} `request_state_invalid` · `parked_call_lost` · what `call` throws
   */
  async hold<R>(
    context: CallContext,
    subject: Subject,
    call: (origin: CallOrigin) => Promise<R>,
  ): Promise<R | InputRequiredResult> {
    const origin = originOf(context);
    const exchange = exchangeOf(context, subject.place.slug, origin);
    const round = { context, subject, origin, exchange };
    const state = context.mcpReq.requestState<string>();
    if (state === undefined) return this.begin(round, call, unaskedAnswers(context));
    const { errand, keys } = await this.redeemed(round, state);
    const answers = pick(context.mcpReq.inputResponses ?? {}, keys);
    if (errand.kind === 'parked') return this.resume<R>(round, errand.callId, answers);
    return this.begin(round, call, errand.kind === 'again' ? undefined : continuationOf(errand, answers));
  }

  private async begin<R>(
    round: Round,
    run: (origin: CallOrigin) => Promise<R>,
    continuation: Continuation | undefined,
  ): Promise<R | InputRequiredResult> {
    const caller = callerOf(round.context);
    const call = new ParkableCall(round.subject.service.name, (asking) => this.parkedCalls.keep(asking, caller));
    const origin = { ...round.origin, ...(continuation && { continuation }) };
    return this.answer(round, call, await call.begin(round.exchange, origin, run));
  }

  private async resume<R>(round: Round, callId: string, answers: ForeignObject): Promise<R | InputRequiredResult> {
    const call = this.parkedCalls.take(callId);
    if (!call) throw await this.refused(round, new AppError('parked_call_lost', { details: { rule: 'requestState' } }));
    if (!round.subject.isAllowed()) {
      this.parkedCalls.end(callId);
      throw await this.refused(round, invalid('access'));
    }
    return this.answer(round, call, await call.resume(round.exchange, answers));
  }

  private answer<R>(round: Round, call: ParkableCall, turn: Turn): R | InputRequiredResult {
    if (turn.kind === 'asked') {
      this.parkedCalls.park(call);
      return this.sendAway(round, turn.questions, { kind: 'parked', callId: call.id });
    }
    this.parkedCalls.release(call.id);
    // A state only fits the request that it was made for, so what comes back is of the kind that was begun.
    if ('answer' in turn.outcome) return turn.outcome.answer as R;
    return this.answerError(round, turn.outcome.error);
  }

  /** Some failures are questions. @throws what is none */
  private answerError(round: Round, error: unknown): InputRequiredResult {
    if (error instanceof LinkRequired && round.exchange.capabilities.elicitation?.url) {
      return this.sendAway(round, linksOf(error), { kind: 'again' });
    }
    if (!(error instanceof InputRequired)) throw withMissingCapability(error);
    const { inputRequests, requestState: serviceState } = error;
    if (serviceState !== undefined && serviceState.length > MAX_SERVICE_STATE) {
      throw new AppError('upstream_protocol', {
        details: { service: round.subject.service.name, cause: 'its requestState is too long' },
      });
    }
    return this.sendAway(round, inputRequests, { kind: 'relay', ...(serviceState !== undefined && { serviceState }) });
  }

  private sendAway(round: Round, questions: Readonly<Record<string, Question>>, errand: Errand): InputRequiredResult {
    const { place } = round.subject;
    const asked = Object.entries(questions).map(([key, each]): [string, Question] => [
      key,
      relayedQuestion(each, place),
    ]);
    const inputRequests = Object.fromEntries(asked) as InputRequiredResult['inputRequests'];
    const keys = Object.keys(questions);
    return {
      resultType: 'input_required',
      ...(keys.length > 0 && { inputRequests }),
      requestState: this.states.issue(bindingOf(round), errand, keys),
    };
  }

  private async redeemed(round: Round, state: string) {
    try {
      return await this.states.redeem(state, bindingOf(round));
    } catch (error) {
      throw error instanceof StateRefused ? await this.refused(round, invalid(error.reason, error)) : error;
    }
  }

  /** Puts a refusal on record; the client hears less than the record. */
  private refused({ origin: { door, principal }, subject }: Round, error: AppError): Promise<AppError> {
    const { service, label, arguments: args } = subject;
    return this.path.refuse({ door, principal, service, tool: label, arguments: args }, error);
  }
}

const invalid = (reason: string, cause?: unknown): AppError =>
  new AppError('request_state_invalid', { details: { rule: `requestState · ${reason}` }, cause });

/** Most requests need none: a digest is made only of those that are sent away or come back. */
function bindingOf({ context, subject }: Round): Binding {
  const { method, service, name, arguments: args } = subject;
  const { principal, catalogue } = callerOf(context);
  return {
    userId: principal.userId,
    credential: `${principal.credential.kind}:${principal.credential.id}`,
    endpoint: catalogue.key,
    method,
    service: service.id,
    name,
    argumentsDigest: digestOf(args),
  };
}

/** A service that gave no state knows by itself whether it asked. */
function unaskedAnswers({ mcpReq: { inputResponses } }: CallContext): Continuation | undefined {
  return inputResponses && { inputResponses };
}

const continuationOf = ({ serviceState }: Errand & { kind: 'relay' }, answers: ForeignObject): Continuation => ({
  inputResponses: answers,
  ...(serviceState !== undefined && { requestState: serviceState }),
});

/** In this revision an elicitation by URL has no id: what came of it shows when the client comes back. */
const linksOf = ({ elicitations }: LinkRequired): Record<string, Question> =>
  Object.fromEntries(
    elicitations.map(({ mode, url, message }, at) => [
      `link-${at + 1}`,
      { method: 'elicitation/create', params: { mode, url, message } },
    ]),
  );

const pick = (answers: ForeignObject, keys: readonly string[]): ForeignObject =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)));
