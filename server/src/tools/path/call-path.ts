import { Injectable } from '@nestjs/common';
import { CallJournal, type CallIntent } from '../../audit/index.js';
import { InputRequired } from '../../clients/index.js';
import { AppError, Clock, toAppError } from '../../platform/index.js';
import type { Keeping } from '../cache/keeping.js';
import { ResultCache } from '../cache/result-cache.js';
import { AccessGate } from './access-gate.js';
import { CallLimiter } from './call-limiter.js';
import type { Answered, CallPlan, Dispatch } from './call-plan.js';
import { withinDeadline } from './deadline.js';
import { filteredOrigin, type Filter } from './filtered-origin.js';
import { withoutPlaces, type Places } from './places.js';
import { ResultFilter } from './result-filter.js';
import { outcomeOf, type Ending } from './outcome.js';

/**
 * The one path of every call, whatever is called and from whichever door: decide, approve, limit, validate, record the
 * intent, look into the cache, call, filter, judge, record the outcome, answer.
 *
 * A call that is refused before its intent is on record too. Nothing is tried twice: a lost answer is `unknown`.
 */
@Injectable()
export class CallPath {
  constructor(
    private readonly access: AccessGate,
    private readonly limiter: CallLimiter,
    private readonly journal: CallJournal,
    private readonly cache: ResultCache,
    private readonly filter: ResultFilter,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {AppError} every refusal and every failure of ours or of the connection; a service's own failure is an answer
   * @throws {InputRequired} the service needs more of a caller who can bring it in another call
   */
  async run<T>(plan: CallPlan<T>): Promise<Answered<T>> {
    const startedMs = this.clock.monotonicMs();
    const places = await this.admit(plan);
    const admittedMs = this.clock.monotonicMs();
    const { callId, ending } = await this.carryOut(plan, places);
    const durationMs = this.clock.monotonicMs() - startedMs;
    await this.journal.finish(callId, outcomeOf(plan, ending, durationMs));
    if ('error' in ending) throw ending.error;
    if ('asks' in ending) throw ending.asks;
    const { upstreamMs, ...answered } = ending;
    return { callId, durationMs, ...answered, timing: { admissionMs: admittedMs - startedMs, upstreamMs } };
  }

  /** Step 3 alone, for an answer that was given before. @throws {AppError} the refusal, on record like that of a call */
  async decide(plan: CallPlan<unknown>): Promise<void> {
    try {
      this.access.check(plan);
    } catch (error) {
      throw await this.refuse(intentOf(plan), toAppError(error), plan.withheld);
    }
  }

  /** Records a call that is not made, and gives the error back. @param withheld the rule, where nobody but the record is told */
  async refuse(intent: CallIntent, error: AppError, withheld?: string): Promise<AppError> {
    const rule = error.details['rule'] ?? withheld;
    await this.journal.refuse(intent, {
      code: error.code,
      ...(typeof rule === 'string' && { rule }),
      ...(error.fields && { fields: error.fields }),
    });
    return error;
  }

  /** Steps 3 to 6. @returns the call's places, which must be left */
  private async admit<T>(plan: CallPlan<T>): Promise<Places> {
    let places: Places | undefined;
    try {
      this.access.check(plan);
      plan.approve?.();
      places = await this.limiter.enter(plan);
      await plan.validate?.();
      return places;
    } catch (error) {
      places?.abandon();
      throw await this.refuse(intentOf(plan), toAppError(error), plan.withheld);
    }
  }

  /** Steps 7 to 10. The places are for work: whoever only waits for the record of the outcome needs none any more. */
  private async carryOut<T>(plan: CallPlan<T>, places: Places): Promise<{ callId: string; ending: Ending<T> }> {
    try {
      const callId = await this.journal.begin(intentOf(plan));
      return { callId, ending: await this.perform(plan, places) };
    } finally {
      places.leave();
    }
  }

  /** Steps 8 to 10: gets an answer, or the reason why there is none. */
  private async perform<T>(plan: CallPlan<T>, places: Places): Promise<Ending<T>> {
    const startedMs = this.clock.monotonicMs();
    const filter: Filter = (value) => this.filter.apply(value, plan.service);
    try {
      const { name, config } = plan.service;
      const origin = filteredOrigin(withoutPlaces(plan.origin, places), filter);
      const send = <R>(work: (dispatch: Dispatch) => Promise<R>): Promise<R> =>
        withinDeadline(origin, { name, timeoutMs: config.timeoutMs }, work);
      if (plan.keeping) return await this.performKept(plan, plan.keeping, send, filter);
      const raw = await send((dispatch) => plan.send(dispatch));
      const upstreamMs = this.clock.monotonicMs() - startedMs;
      const answer = filter(raw);
      if (plan.judge) await plan.judge(answer);
      return { answer, cached: false, upstreamMs };
    } catch (error) {
      return failureOf(error, filter);
    }
  }

  /** Asks the service, or has its answer from an equal call. What is kept was filtered and judged. */
  private async performKept<T>(
    plan: CallPlan<T>,
    keeping: Keeping<T>,
    send: <R>(work: (dispatch: Dispatch) => Promise<R>) => Promise<R>,
    filter: Filter,
  ): Promise<Ending<T>> {
    const startedMs = this.clock.monotonicMs();
    const fetch = async (dispatch: Dispatch): Promise<T> => {
      const answer = filter(await plan.send(dispatch));
      if (plan.judge) await plan.judge(answer);
      return answer;
    };
    const fetched = await send((dispatch) => this.cache.through(plan, keeping, dispatch, fetch));
    const wasThere = fetched.cached && !fetched.joined;
    return { ...fetched, upstreamMs: wasThere ? 0 : this.clock.monotonicMs() - startedMs };
  }
}

/** A service's questions are as much its words as an answer; its state is for nobody's eyes and stays as it is. */
function failureOf(thrown: unknown, filter: Filter): { asks: InputRequired } | { error: AppError } {
  if (!(thrown instanceof InputRequired)) return { error: toAppError(thrown) };
  try {
    return { asks: new InputRequired(filter(thrown.inputRequests), thrown.requestState) };
  } catch (error) {
    return { error: toAppError(error) };
  }
}

const intentOf = ({ origin, service, label, arguments: args }: CallPlan<unknown>): CallIntent => ({
  door: origin.door,
  principal: origin.principal,
  service: { id: service.id, name: service.name },
  tool: label,
  ...(origin.chatId && { chatId: origin.chatId }),
  ...(origin.via && { profile: origin.via.name }),
  arguments: args,
});
