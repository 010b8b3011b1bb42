import { randomUUID } from 'node:crypto';
import { ProtocolError, type ClientCapabilities } from '@modelcontextprotocol/client';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { InputUnavailable, type Counterpart, type LogMessage, type Question } from '../dialogue.js';
import { LIMITS } from '../limits.js';
import type { Deadline } from '../manager/deadline.js';
import { WaitedTooLong, within } from '../manager/within.js';
import type { Partner } from '../transports/attribution.js';
import { canBeAsked, lackingFor } from './capabilities.js';
import { isWanted } from './log-level.js';
import type { PendingLinks } from './pending-links.js';
import { checkQuestion, isObject } from './question-check.js';
import { QuestionRefused, REFUSAL } from './question-refused.js';

/** Whose call it is, and how long it may take. */
export interface CallBounds {
  /** Name of the service, for texts. */
  readonly service: string;
  readonly counterpart: Counterpart | undefined;
  readonly deadline: Deadline;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal | undefined;
}

/**
 * What passes between a service and the counterpart of one call while it runs: questions, bounded in number, size and time,
 * and only such as the counterpart declared; log messages, at the level it wants.
 */
export class CallDialogue implements Partner {
  private asked = 0;
  /** What the service wanted and the counterpart did not offer. */
  private lacking: ClientCapabilities | undefined;
  /** Ids that we made for addresses to open. */
  private readonly ownLinks: string[] = [];

  constructor(private readonly bounds: CallBounds) {}

  get counterpart(): Counterpart | undefined {
    return this.bounds.counterpart;
  }

  get canBeAsked(): boolean {
    return canBeAsked(this.counterpart);
  }

  /** The service has begun to work: a question of it came. */
  get hasBegun(): boolean {
    return this.asked > 0;
  }

  /** Why the call may have failed, as far as it is the counterpart's doing. */
  get unavailable(): InputUnavailable | undefined {
    return this.lacking && new InputUnavailable(this.bounds.service, this.lacking);
  }

  hear(message: LogMessage): void {
    const { onLog, logLevel } = this.counterpart ?? {};
    if (onLog && logLevel && isWanted(message.level, logLevel)) onLog(message);
  }

  /**
   * Answers a legacy service's request in the middle of the call.
   *
   * @param cancelled fires when the service gives its question up
   * @throws {QuestionRefused} the error for the service
   */
  async answer(
    { method, params }: { method: string; params: unknown },
    cancelled: AbortSignal,
    links: PendingLinks,
  ): Promise<ForeignObject> {
    this.asked += 1;
    const question = checkQuestion(method, params);
    const { counterpart } = this;
    if (!counterpart) return this.answerForNobody(question);
    const lacking = lackingFor(question, counterpart.capabilities);
    if (lacking) throw this.refuseFor(lacking, counterpart.capabilities);
    const id = question.params['elicitationId'];
    if (typeof id === 'string') links.add(id, counterpart);
    try {
      return await this.put(counterpart, question, cancelled);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /**
   * Puts all questions of a modern service at once.
   *
   * @returns the answers by the service's keys
   * @throws {AppError} `input_unavailable` · `question_unanswered` · whatever the counterpart throws
   */
  async askAll(questions: Readonly<Record<string, Question>>): Promise<ForeignObject> {
    const { counterpart } = this;
    if (!counterpart) throw new InputUnavailable(this.bounds.service, lackingForAll(questions, {}));
    this.checkOffered(questions);
    const stop = new AbortController();
    const asks = Object.entries(questions).map(async ([key, question]) => {
      this.asked += 1;
      return [key, await this.put(counterpart, this.forLegacy(question), stop.signal)] as const;
    });
    try {
      return Object.fromEntries(await Promise.all(asks));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new AppError('question_refused', { details: { service: this.bounds.service, cause: error.message } });
    } finally {
      // When one is refused, nobody needs the answers to the others.
      stop.abort(new Error('no longer needed'));
      await Promise.allSettled(asks);
    }
  }

  /** @throws {InputUnavailable} one of them is not for this counterpart */
  checkOffered(questions: Readonly<Record<string, Question>>): void {
    const lacking = lackingForAll(questions, this.counterpart?.capabilities ?? {});
    if (Object.keys(lacking).length > 0) throw new InputUnavailable(this.bounds.service, lacking);
  }

  /** The call has its answer: whatever the client was asked to open for it is done. */
  finish(): void {
    for (const id of this.ownLinks) this.counterpart?.onElicitationComplete?.(id);
  }

  /** Clients of 2025-11-25 know an elicitation by URL by its id, which 2026-07-28 no longer has. */
  private forLegacy({ method, params }: Question): Question {
    if (params['mode'] !== 'url' || params['elicitationId'] !== undefined) return { method, params };
    const elicitationId = randomUUID();
    this.ownLinks.push(elicitationId);
    return { method, params: { ...params, elicitationId } };
  }

  /** Somebody without an MCP client has no roots, and cannot be asked anything. */
  private answerForNobody(question: Question): ForeignObject {
    if (question.method === 'roots/list') return { roots: [] };
    throw this.refuseFor(lackingFor(question, {}) ?? {}, {});
  }

  private refuseFor(lacking: ClientCapabilities, offered: ClientCapabilities): QuestionRefused {
    this.lacking = { ...this.lacking, ...lacking };
    const [feature = ''] = Object.keys(lacking);
    const known = feature in offered;
    const text = `The client of this call does not offer ${JSON.stringify(lacking)}`;
    return new QuestionRefused(known ? REFUSAL.invalidParams : REFUSAL.notOffered, text);
  }

  private async put(counterpart: Counterpart, question: Question, cancelled: AbortSignal): Promise<ForeignObject> {
    const { deadline, signal, service } = this.bounds;
    if (this.asked > LIMITS.questions)
      throw new QuestionRefused(REFUSAL.invalidRequest, `More than ${LIMITS.questions} questions in one call`);
    const budgetMs = Math.min(LIMITS.questionMs, LIMITS.questionsMs - deadline.pausedMs);
    const stop = new AbortController();
    const gone = AbortSignal.any([cancelled, stop.signal, ...(signal ? [signal] : [])]);
    const resume = deadline.pause();
    try {
      return checked(await within(counterpart.ask(question, gone), Math.max(1, budgetMs), gone));
    } catch (error) {
      if (!(error instanceof WaitedTooLong)) throw error;
      const minutes = LIMITS.questionMs / 60_000;
      throw new AppError('question_unanswered', { details: { service, minutes }, cause: error });
    } finally {
      resume();
      stop.abort(new Error('the question is closed'));
    }
  }
}

function lackingForAll(questions: Readonly<Record<string, Question>>, has: ClientCapabilities): ClientCapabilities {
  const lacking: ClientCapabilities = {};
  for (const question of Object.values(questions)) Object.assign(lacking, lackingFor(question, has));
  return lacking;
}

function checked(answer: unknown): ForeignObject {
  if (isObject(answer)) return answer;
  throw new QuestionRefused(REFUSAL.invalidParams, 'The client answered with something else than an object');
}

/** A client's own error reaches the service as it is; of ours it learns the kind. */
function refusalOf(error: unknown): QuestionRefused {
  if (error instanceof QuestionRefused) return error;
  if (error instanceof ProtocolError) return new QuestionRefused(error.code, error.message, error.data);
  const unanswered = error instanceof AppError && error.code === 'question_unanswered';
  if (unanswered) return new QuestionRefused(REFUSAL.unanswered, 'Nobody answered in time');
  return new QuestionRefused(REFUSAL.gone, 'The client could not answer');
}
