import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
  type IBackoff,
} from 'cockatiel';
import type { ErrorCode } from '@gatehouse/contracts';
import { AppError } from '../../platform/index.js';
import { backoffMs } from '../health/backoff.js';

export interface BreakerSettings {
  /** Opens after this many failures … */
  readonly failures: number;
  /** … among this many outcomes … */
  readonly outcomes: number;
  /** … of the last while, ms. */
  readonly withinMs: number;
  /** How long it stays open the first time, and at most after many probes that failed, ms. */
  readonly open: { readonly firstMs: number; readonly maxMs: number };
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** The way to the service is broken. What the service says of a call, and a caller who leaves, are no failures of it. */
const FAILURES: ReadonlySet<ErrorCode> = new Set([
  'upstream_unreachable',
  'upstream_command_failed',
  'upstream_lost',
  'upstream_timeout',
]);
/** While one call probes; seconds. */
const PROBE_RETRY_S = 1;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Keeps calls away from a service that does not work, and lets one through now and then to see whether it does again.
 *
 * One failure that ends many calls, such as a connection that all of them waited for, counts once.
 */
export class Breaker {
  private policy: CircuitBreakerPolicy;
  private counted: unknown;
  private lastCause = '';
  private closesAtMs = 0;
  private pause: { untilMs: number } | undefined;

  constructor(
    private readonly service: () => string,
    private readonly settings: BreakerSettings,
    /** Called when it opened or closed. */
    private readonly onChange: () => void = () => undefined,
  ) {
    this.policy = this.newPolicy();
  }

  get state(): BreakerState {
    if (this.policy.state === CircuitState.Closed) return 'closed';
    return this.policy.state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /**
   * Runs `work` unless the service is to be left alone.
   *
   * @param mayJudge whether a timeout of this call says something about the service
   * @throws {AppError} `upstream_unavailable` · `upstream_busy` · what `work` throws
   */
  async run<T>(work: () => Promise<T>, mayJudge = true): Promise<T> {
    this.respectPause();
    if (this.policy.state === CircuitState.HalfOpen) throw this.unavailable(PROBE_RETRY_S);
    const judged = (): Promise<Judged<T>> =>
      work().then(
        (answer) => ({ answer }),
        (error: unknown) => this.judge(error, mayJudge),
      );
    try {
      const outcome = await this.policy.execute(judged);
      if ('error' in outcome) throw outcome.error;
      return outcome.answer;
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.unavailable();
      throw error instanceof Unjudged ? error.cause : error;
    }
  }

  /** How the state looks to whoever is shown it. */
  asError(): AppError {
    return this.unavailable();
  }

  /** The service was reached anew: whatever was is over. */
  reset(): void {
    const wasClosed = this.state === 'closed';
    this.policy = this.newPolicy();
    this.counted = undefined;
    this.pause = undefined;
    if (!wasClosed) this.onChange();
  }

  private respectPause(): void {
    if (!this.pause) return;
    const leftMs = this.pause.untilMs - performance.now();
    if (leftMs > 0)
      throw new AppError('upstream_busy', { details: { service: this.service(), seconds: secondsOf(leftMs) } });
    this.pause = undefined;
  }

  /**
   * @returns an error that shows that the service works
   * @throws a failure · {@link Unjudged} for what shows nothing
   */
  private judge(error: unknown, mayJudge: boolean): { error: unknown } {
    if (!(error instanceof AppError)) return { error };
    if (error.code === 'upstream_busy') this.takeBreak(error);
    const isFailure = FAILURES.has(error.code);
    // A probe whose caller left has shown nothing, and another is needed.
    if (this.policy.state === CircuitState.HalfOpen && (isFailure || error.code === 'call_cancelled')) throw error;
    if (!isFailure && error.code !== 'call_cancelled' && error.code !== 'upstream_busy') return { error };
    if (!isFailure || error === this.counted || isImpatience(error, mayJudge)) throw new Unjudged(error);
    this.counted = error;
    this.lastCause = String(error.details['cause'] ?? error.code);
    throw error;
  }

  private takeBreak(error: AppError): void {
    const ms = Math.min(Number(error.details['seconds']) * 1_000, LONGEST_PAUSE_MS);
    this.pause = { untilMs: performance.now() + ms };
  }

  private unavailable(seconds = secondsOf(this.closesAtMs - performance.now())): AppError {
    return new AppError('upstream_unavailable', {
      details: { service: this.service(), seconds, cause: this.lastCause },
    });
  }

  private newPolicy(): CircuitBreakerPolicy {
    const { failures, outcomes, withinMs, open } = this.settings;
    const stay = (attempt: number): IBackoff<unknown> => {
      const duration = backoffMs(attempt, open);
      this.closesAtMs = performance.now() + duration;
      return { duration, next: () => stay(attempt + 1) };
    };
    const policy = circuitBreaker(
      handleWhen((error) => !(error instanceof Unjudged)),
      { halfOpenAfter: { next: () => stay(1) }, breaker: new FailuresAmong(failures, outcomes, withinMs) },
    );
    policy.onStateChange((state) => state !== CircuitState.HalfOpen && this.onChange());
    return policy;
  }
}

type Judged<T> = { readonly answer: T } | { readonly error: unknown };

/** The caller allowed less time than the service is given, or stood in a line of ours. */
const isImpatience = ({ code, details }: AppError, mayJudge: boolean): boolean =>
  (code === 'upstream_timeout' && !mayJudge) || details['cause'] === 'ETIMEDOUT';

/** An error that says nothing about the way to the service. */
class Unjudged extends Error {
  constructor(override readonly cause: unknown) {
    super('not a failure of the connection');
  }
}

/** So many failures among the last so many outcomes, all of them recent. */
class FailuresAmong {
  private outcomes: { readonly failed: boolean; readonly atMs: number }[] = [];

  constructor(
    private readonly most: number,
    private readonly size: number,
    private readonly withinMs: number,
  ) {}

  get state(): unknown {
    return this.outcomes;
  }

  set state(outcomes: unknown) {
    this.outcomes = outcomes as typeof this.outcomes;
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.outcomes = [];
    // As long as nothing fails there is nothing to weigh.
    else if (this.outcomes.length > 0) this.note(false);
  }

  failure(state: CircuitState): boolean {
    this.note(true);
    return state !== CircuitState.Closed || this.outcomes.filter(({ failed }) => failed).length >= this.most;
  }

  private note(failed: boolean): void {
    const now = performance.now();
    this.outcomes.push({ failed, atMs: now });
    this.outcomes = this.outcomes.slice(-this.size).filter(({ atMs }) => now - atMs <= this.withinMs);
    if (this.outcomes.every((each) => !each.failed)) this.outcomes = [];
  }
}

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
