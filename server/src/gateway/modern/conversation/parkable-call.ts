import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Counterpart, Question } from '../../../clients/index.js';
import { AppError } from '../../../platform/index.js';
import type { ForeignObject } from '../../../services/index.js';
import type { CallOrigin } from '../../../tools/index.js';
import type { Exchange } from './exchange.js';
import { STATE_LIFETIME_MS } from './request-states.js';
import { BEGINNING, isExhausted, parked, resumed, withQuestion, withoutQuestion, type Talk } from './talk.js';

/** How a call ended. */
export type Outcome = { readonly answer: unknown } | { readonly error: unknown };

/** What one request of the client is answered with: how the call ended, or what the client is sent away to find out. */
export type Turn =
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | { readonly kind: 'asked'; readonly questions: Readonly<Record<string, Question>> };

interface Asking {
  resolve(answer: ForeignObject): void;
  reject(reason: AppError): void;
}

/**
 * A call that outlives the request that began it, because its service asks and the client must go to find the answer.
 *
 * While a request of the client is open the call belongs to it, and ends with it; in between it runs on by itself.
 */
export class ParkableCall {
  readonly id = randomUUID();
  private talk: Talk = BEGINNING;
  private exchange: Exchange | undefined;
  private outcome: Outcome | undefined;
  private readonly ending = new AbortController();
  private readonly askings = new Map<string, Asking>();
  private wake: () => void = () => undefined;

  /**
   * @param service its name, for errors
   * @param onFirstQuestion may refuse that the call is ever parked
   */
  constructor(
    private readonly service: string,
    private readonly onFirstQuestion: (call: ParkableCall) => void,
  ) {}

  /** Runs the call for its first request. */
  begin(exchange: Exchange, origin: CallOrigin, run: (origin: CallOrigin) => Promise<unknown>): Promise<Turn> {
    // The service may speak at once.
    this.exchange = exchange;
    void run({ ...origin, ...this.partsFor(exchange) }).then(
      (answer) => this.settle({ answer }),
      (error: unknown) => this.settle({ error }),
    );
    return this.serve(exchange);
  }

  /** The client is back with answers to what it was asked. */
  resume(exchange: Exchange, answers: ForeignObject): Promise<Turn> {
    const { talk, counting } = resumed(this.talk, Object.keys(answers));
    this.talk = talk;
    for (const key of counting) this.askings.get(key)?.resolve(answers[key] as ForeignObject);
    return this.serve(exchange);
  }

  /** Ends the call wherever it is; its service is told. */
  end(): void {
    this.ending.abort();
    for (const asking of [...this.askings.values()]) asking.reject(new AppError('call_cancelled'));
  }

  private async serve(exchange: Exchange): Promise<Turn> {
    const { signal } = exchange;
    const leave = (): void => this.end();
    this.exchange = exchange;
    signal?.addEventListener('abort', leave);
    try {
      if (signal?.aborted) leave();
      return await this.nextTurn();
    } finally {
      signal?.removeEventListener('abort', leave);
      this.exchange = undefined;
    }
  }

  private async nextTurn(): Promise<Turn> {
    while (!this.outcome) {
      if (isExhausted(this.talk)) this.refuseOpen();
      else if (this.talk.open.length > 0 && (await this.stillOpen())) return this.askClient();
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return { kind: 'ended', outcome: this.outcome };
  }

  /** Questions that came together go to the client together; and an answer that is just coming makes them needless. */
  private async stillOpen(): Promise<boolean> {
    await nextTurn();
    return this.outcome === undefined && this.talk.open.length > 0;
  }

  private askClient(): Turn {
    this.talk = parked(this.talk);
    return { kind: 'asked', questions: Object.fromEntries(this.talk.open.map((each) => [each.key, each.question])) };
  }

  private settle(outcome: Outcome): void {
    this.outcome = outcome;
    this.wake();
  }

  private refuseOpen(): void {
    for (const { key } of this.talk.open) this.askings.get(key)?.reject(this.unanswered());
  }

  private unanswered(): AppError {
    return new AppError('question_unanswered', {
      details: { service: this.service, minutes: STATE_LIFETIME_MS / 60_000 },
    });
  }

  private partsFor({ capabilities, onProgress, logLevel }: Exchange): Partial<CallOrigin> {
    const counterpart: Counterpart = {
      capabilities,
      takesInputRequired: true,
      ask: (question, signal) => this.ask(question, signal),
      onLog: (message) => this.exchange?.log(message),
      ...(logLevel && { logLevel }),
    };
    return {
      signal: this.ending.signal,
      counterpart,
      ...(onProgress && { onProgress: (progress) => this.exchange?.onProgress?.(progress) }),
    };
  }

  private async ask(question: Question, signal: AbortSignal): Promise<ForeignObject> {
    if (this.talk.asked === 0) this.onFirstQuestion(this);
    const asked = withQuestion(this.talk, question);
    if (!asked) throw this.unanswered();
    const { key } = asked;
    this.talk = asked.talk;
    return new Promise<ForeignObject>((resolve, reject) => {
      const settled = (): void => {
        signal.removeEventListener('abort', onAbort);
        this.askings.delete(key);
        this.talk = withoutQuestion(this.talk, key);
        this.wake();
      };
      const asking: Asking = {
        resolve: (answer) => (settled(), resolve(answer)),
        reject: (reason) => (settled(), reject(reason)),
      };
      const onAbort = (): void => asking.reject(new AppError('call_cancelled'));
      this.askings.set(key, asking);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted || this.ending.signal.aborted) onAbort();
      else this.wake();
    });
  }
}
