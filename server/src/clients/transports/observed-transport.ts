import {
  SdkError,
  SdkErrorCode,
  type ClientCapabilities,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type MessageExtraInfo,
  type RequestId,
  type Transport,
  type TransportSendOptions,
} from '@modelcontextprotocol/client';
import type { Era } from '../../services/index.js';
import type { RpcAnswer } from '../connection/rpc-answer.js';
import { AnswerLost, MessageTooComplex, MessageTooLarge } from '../errors/upstream-failures.js';
import { RELATED_TASK } from '../tasks/task-view.js';
import { isLoggingLevel } from '../questions/log-level.js';
import { PendingLinks } from '../questions/pending-links.js';
import { isQuestionMethod } from '../questions/question-check.js';
import { QuestionRefused, REFUSAL } from '../questions/question-refused.js';
import { AnswerStreams } from './answer-streams.js';
import { Attribution, type Attributable, type Owner, type WorkId } from './attribution.js';
import { HttpTransport } from './http-transport.js';
import { ServiceQuestions, type Answerer } from './service-questions.js';

/** One raw message as it crossed the wire. */
export interface Frame {
  direction: 'out' | 'in';
  at: Date;
  message: object;
}

/** How far a call has come, as the service reports it; `total` may be missing. */
export interface Progress {
  progress: number;
  total?: number;
  message?: string;
}

/** Who waits for the answer to a request. */
export interface Exchange extends Attributable {
  onProgress?: (progress: Progress) => void;
  onFrame?: (frame: Frame) => void;
  /** No answer will come any more: the stream broke, or the answer was too large. */
  onLost: (reason: Error) => void;
  /** Of a request that was asked by `ask`. */
  onAnswer?: (answer: RpcAnswer) => void;
  /** Only for a task: it is not what it was. */
  onStatus?: () => void;
}

export interface ObservedOptions {
  onFrame?: (frame: Frame) => void;
  /** What a legacy service is told at `initialize` that it may ask of us. */
  declares?: ClientCapabilities;
}

/**
 * Stands between the SDK's client and a transport and sees every message.
 *
 * It knows which request belongs to whom, so that one call can be shown its raw messages, so that a broken answer stream
 * ends the call at once (the SDK alone would wait for its timeout), and so that answers nobody asked for are dropped.
 *
 * Questions and log messages of the service go to the request they belong to and never reach the SDK, which knows only one
 * party behind it and gives out reshaped copies.
 */
export class ObservedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** Answers under ids that nobody waits for. */
  strays = 0;
  /** Why the transport broke, as far as it said so. */
  lastError: Error | undefined;
  /** Questions and log messages of which it could not be said for whom they are. */
  unattributed = 0;
  /** The era of this hop, once it is known. */
  era: () => Era | undefined = () => undefined;
  /** A question was refused, because it could not be said whose it is. */
  onUnclearQuestion?: () => void;
  readonly links = new PendingLinks();
  private readonly waiting: Attribution<Exchange>;
  private readonly streams = new AnswerStreams();
  private readonly questions = new ServiceQuestions();
  /** What a legacy service works on although it has answered already, by the id of the task. */
  private readonly tasks = new Map<unknown, Exchange>();

  constructor(
    private readonly inner: Transport,
    private readonly options: ObservedOptions = {},
  ) {
    this.waiting = new Attribution(inner.hasPerRequestStream ?? false);
    // How the SDK recognises a stdio transport.
    if ('stderr' in inner && 'pid' in inner) Object.assign(this, { stderr: null, pid: null });
  }

  get sessionId(): string | undefined {
    return this.inner.sessionId;
  }

  get hasPerRequestStream(): boolean {
    return this.inner.hasPerRequestStream ?? false;
  }

  setProtocolVersion(version: string): void {
    this.inner.setProtocolVersion?.(version);
  }

  /**
   * Sends a request that the SDK's client knows nothing of; its answer goes to `exchange`.
   *
   * @param headers that only this request has, over streamable HTTP
   * @throws what the transport throws
   */
  async ask(message: JSONRPCRequest, exchange: Exchange, headers?: Readonly<Record<string, string>>): Promise<void> {
    this.show('out', message, exchange);
    this.waiting.begin(message.id, exchange);
    try {
      const answer = await this.waiting.sending(exchange, () => this.dispatch(message, headers));
      if (!answer) return;
      this.streams.end(message.id);
      this.receive(answer);
    } catch (error) {
      this.abandon(message.id);
      throw error;
    }
  }

  /** Nobody waits for the answer to a request any more. */
  abandon(id: WorkId): void {
    this.waiting.abandon(id);
    this.streams.hangUp(id);
  }

  /** Until the returned function is called, what concerns the task concerns `exchange`. */
  followTask(taskId: string, exchange: Exchange): () => void {
    this.tasks.set(taskId, exchange);
    return () => {
      if (this.tasks.get(taskId) === exchange) this.tasks.delete(taskId);
    };
  }

  /**
   * From now on the service is at something for `exchange` that no open request shows.
   *
   * @returns to be called when nobody waits for it any more, and whether the service is done with it
   */
  occupy(exchange: Exchange): (isDone: boolean) => void {
    const id = Symbol('work');
    this.waiting.begin(id, exchange);
    return (isDone) => (isDone ? this.waiting.answered(id) : this.waiting.abandon(id));
  }

  /** Whether everything that was asked was answered, so that nothing of it can come up later. */
  get isClean(): boolean {
    return this.waiting.isClean;
  }

  async start(): Promise<void> {
    this.inner.onmessage = (message: JSONRPCMessage, extra?: MessageExtraInfo) => this.receive(message, extra);
    this.inner.onerror = (error) => this.fail(error);
    this.inner.onclose = () => {
      this.questions.cancelAll();
      this.loseAll(new SdkError(SdkErrorCode.ConnectionClosed, 'Connection closed'));
      this.onclose?.();
    };
    await this.inner.start();
  }

  /** What the SDK's client says by itself: the handshake, answers, streams to listen on. */
  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    this.show('out', message, undefined);
    if (!('method' in message && 'id' in message)) return this.sendAside(message, options);
    const { id } = message;
    this.waiting.begin(id, undefined);
    try {
      await this.waiting.sending(undefined, () =>
        this.inner.send(this.withDeclaration(message), this.sendingOf(id, options)),
      );
    } catch (error) {
      this.abandon(id);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private async dispatch(
    message: JSONRPCRequest,
    headers: Readonly<Record<string, string>> | undefined,
  ): Promise<JSONRPCMessage | undefined> {
    const { inner } = this;
    const sending = this.sendingOf(message.id, headers && { headers });
    if (inner instanceof HttpTransport) return inner.ask(message, sending);
    await inner.send(message, sending);
    return undefined;
  }

  private sendingOf(id: RequestId, options: TransportSendOptions | undefined): TransportSendOptions {
    const onRequestStreamEnd = (): void => {
      options?.onRequestStreamEnd?.();
      this.lose(id, this.takeUnread() ?? new AnswerLost('the answer stream ended early'));
    };
    if (!this.hasPerRequestStream) return { ...options, onRequestStreamEnd };
    return { ...options, onRequestStreamEnd, requestSignal: this.streams.begin(id, options?.requestSignal) };
  }

  /** Whatever stream this opens (the GET stream, after `initialized`) is no single request's. */
  private sendAside(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    return this.waiting.sending(undefined, () => this.inner.send(message, options));
  }

  private withDeclaration(message: JSONRPCRequest): JSONRPCRequest {
    if (message.method !== 'initialize' || !this.options.declares) return message;
    return { ...message, params: { ...message.params, capabilities: this.options.declares } };
  }

  private receive(message: JSONRPCMessage, extra?: MessageExtraInfo): void {
    if (!('method' in message)) return this.receiveAnswer(message, extra);
    switch (message.method) {
      case 'notifications/progress':
        return this.progress(message);
      case 'notifications/message':
        return this.log(message);
      case 'notifications/tasks/status':
        return this.taskStatus(message);
      case 'notifications/elicitation/complete':
        this.show('in', message, undefined);
        return this.links.complete(message.params?.['elicitationId']);
      case 'notifications/cancelled':
        if (this.questions.cancel(message.params?.['requestId'] as RequestId | undefined)) return;
    }
    // Since 2026-07-28 a service sends no requests; it answers with what it needs.
    if ('id' in message && isQuestionMethod(message.method) && this.era() === 'legacy') return this.question(message);
    this.show('in', message, undefined);
    this.onmessage?.(message, extra);
  }

  private receiveAnswer(message: Exclude<JSONRPCMessage, { method: string }>, extra?: MessageExtraInfo): void {
    const id = message.id as RequestId;
    const expected = this.waiting.isOpen(id);
    const exchange = this.waiting.exchangeOf(id);
    this.show('in', message, exchange);
    this.waiting.answered(id);
    this.streams.answered(id);
    if (!expected) {
      this.strays += 1;
      return;
    }
    if (exchange?.onAnswer) return exchange.onAnswer(message);
    this.onmessage?.(this.era() === 'modern' ? withKind(message) : message, extra);
  }

  /**
   * Handed on here and not by the SDK, which does so a tick later: when answer and last progress arrive in one piece, it
   * has forgotten by then who waited. The token is the id of the request.
   */
  private progress(message: Extract<JSONRPCMessage, { method: string }>): void {
    const { progressToken, progress, total, message: text } = (message.params ?? {}) as Partial<ProgressParams>;
    const exchange = progressToken === undefined ? undefined : this.waiting.exchangeOf(progressToken);
    this.show('in', message, exchange);
    if (typeof progress !== 'number') return;
    exchange?.onProgress?.({
      progress,
      ...(typeof total === 'number' && { total }),
      ...(typeof text === 'string' && { message: text }),
    });
  }

  private taskStatus(message: Extract<JSONRPCMessage, { method: string }>): void {
    const exchange = this.tasks.get(message.params?.['taskId']);
    this.show('in', message, exchange);
    exchange?.onStatus?.();
  }

  private log(message: Extract<JSONRPCMessage, { method: string }>): void {
    const exchange = exchangeIn(this.ownerOf(message));
    this.show('in', message, exchange);
    const { level, logger, data } = message.params ?? {};
    if (!exchange?.partner) this.unattributed += 1;
    else if (isLoggingLevel(level))
      exchange.partner.hear({ level, ...(typeof logger === 'string' && { logger }), data });
  }

  private question(request: JSONRPCRequest): void {
    const owner = this.ownerOf(request);
    const exchange = exchangeIn(owner);
    this.show('in', request, exchange);
    if (owner === 'unclear') {
      this.unattributed += 1;
      this.onUnclearQuestion?.();
    }
    const reply = (message: JSONRPCMessage): Promise<void> => {
      this.show('out', message, exchange);
      return this.sendAside(message);
    };
    this.questions.take(request, this.answererOf(owner), reply).catch((error: unknown) => {
      this.onerror?.(error as Error);
      // Not as the cause: what kept the answer from its way must not look like the fate of the call.
      exchange?.onLost(new AnswerLost(`the answer to a question could not be delivered: ${(error as Error).message}`));
    });
  }

  /** What names a task is that task's, and nobody's when it is over. */
  private ownerOf(message: Extract<JSONRPCMessage, { method: string }>): Owner<Exchange> {
    const taskId = taskOf(message);
    if (taskId === undefined) return this.waiting.owner();
    const exchange = this.tasks.get(taskId);
    return exchange ? { exchange } : 'unclear';
  }

  private answererOf(owner: Owner<Exchange>): Answerer {
    if (owner === 'unclear') return refuseUnclear;
    const partner = owner === 'nobody' ? undefined : owner.exchange.partner;
    return partner ? (question, cancelled) => partner.answer(question, cancelled, this.links) : answerOutsideCalls;
  }

  private show(direction: Frame['direction'], message: JSONRPCMessage, exchange: Exchange | undefined): void {
    if (!this.options.onFrame && !exchange?.onFrame) return;
    const frame: Frame = { direction, at: new Date(), message };
    this.options.onFrame?.(frame);
    exchange?.onFrame?.(frame);
  }

  private fail(error: Error): void {
    this.lastError = error;
    if (error instanceof MessageTooLarge || error instanceof MessageTooComplex) this.loseUnread(error);
    this.onerror?.(error);
  }

  /** When it cannot be seen whose answer was not read, everybody who waits on the one pipe is told. */
  private loseUnread(error: MessageTooLarge | MessageTooComplex): void {
    // Over HTTP, the request whose answer it was fails by itself.
    if (this.hasPerRequestStream) return;
    const ids = error.requestId === undefined ? this.waiting.ids : [error.requestId];
    for (const id of ids) this.lose(id, error);
  }

  /** Why a stream broke just now, if because of what was on it; says it of one stream only. */
  private takeUnread(): Error | undefined {
    const unread = unreadIn(this.lastError);
    if (unread) this.lastError = undefined;
    return unread;
  }

  private loseAll(reason: Error): void {
    for (const id of this.waiting.ids) this.lose(id, reason);
  }

  private lose(id: WorkId, reason: Error): void {
    const exchange = this.waiting.exchangeOf(id);
    this.abandon(id);
    exchange?.onLost(reason);
  }
}

/** A result that does not say its kind is complete (MCP 2026-07-28, basic/patterns/mrtr); the SDK would refuse it. */
function withKind(message: JSONRPCMessage): JSONRPCMessage {
  if (!('result' in message) || message.result['resultType'] !== undefined) return message;
  return { ...message, result: { ...message.result, resultType: 'complete' } };
}

interface ProgressParams extends Progress {
  progressToken: RequestId;
}

const exchangeIn = (owner: Owner<Exchange>): Exchange | undefined =>
  typeof owner === 'object' ? owner.exchange : undefined;

/** A service of 2025-11-25 says which task a message is about. */
function taskOf({ params }: Extract<JSONRPCMessage, { method: string }>): unknown {
  const related = params?._meta?.[RELATED_TASK];
  return typeof related === 'object' && related !== null && 'taskId' in related ? related.taskId : undefined;
}

const refuseUnclear: Answerer = () => {
  throw new QuestionRefused(
    REFUSAL.invalidRequest,
    'It cannot be told which call this question belongs to; call again',
  );
};

/** Nobody in particular is on the other side: no roots, and nobody who could answer. */
const answerOutsideCalls: Answerer = ({ method }) => {
  if (method === 'roots/list') return { roots: [] };
  throw new QuestionRefused(REFUSAL.invalidRequest, 'There is nobody to ask outside of a call');
};

/** The SDK keeps only the text of what broke a stream. */
function unreadIn(error: Error | undefined): Error | undefined {
  const text = error?.message ?? '';
  const limit = /MessageTooLarge: more than (\d+) bytes/.exec(text)?.[1];
  if (limit) return new MessageTooLarge(Number(limit));
  const reason = /MessageTooComplex: (.+)$/.exec(text)?.[1];
  return reason ? new MessageTooComplex(reason) : undefined;
}
