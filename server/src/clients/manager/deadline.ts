/** The time that counts is used up. */
export class DeadlinePassed extends Error {
  override readonly name = 'TimeoutError';

  constructor() {
    super('the deadline has passed');
  }
}

/**
 * How long a call may take, in time that counts: it stands still while a person is being asked. Fires once, by `signal`,
 * with `DeadlinePassed`, and by `onPassed`; whoever made it must `end` it.
 */
export class Deadline {
  private ending: AbortController | undefined;
  private hasPassed = false;
  private remainingMs: number;
  private pausedForMs = 0;
  /** When it last began to run or to stand still. */
  private turnedAtMs = performance.now();
  private pauses = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param ms from now */
  constructor(
    ms: number,
    private readonly onPassed?: () => void,
  ) {
    this.remainingMs = ms;
    this.run();
  }

  get signal(): AbortSignal {
    // Most calls need none.
    this.ending ??= new AbortController();
    if (this.hasPassed) this.ending.abort(new DeadlinePassed());
    return this.ending.signal;
  }

  /** Time that counts and is left, ms; at least 1, so that it can be handed to timers. */
  get leftMs(): number {
    return Math.max(1, this.pauses > 0 ? this.remainingMs : this.remainingMs - this.sinceTurnMs());
  }

  /** How long it has stood still altogether, ms. */
  get pausedMs(): number {
    return this.pausedForMs + (this.pauses > 0 ? this.sinceTurnMs() : 0);
  }

  /** It stands still until every pause is over. @returns how to end this pause; more than once does no harm */
  pause(): () => void {
    if (this.pauses === 0) this.stop();
    this.pauses += 1;
    let paused = true;
    return () => {
      if (!paused) return;
      paused = false;
      this.pauses -= 1;
      if (this.pauses === 0) this.resume();
    };
  }

  /** It will not fire any more. */
  end(): void {
    clearTimeout(this.timer);
    this.remainingMs = Number.POSITIVE_INFINITY;
  }

  private run(): void {
    this.turnedAtMs = performance.now();
    if (!Number.isFinite(this.remainingMs)) return;
    this.timer = setTimeout(() => this.pass(), Math.max(0, this.remainingMs));
  }

  private pass(): void {
    this.hasPassed = true;
    this.onPassed?.();
    this.ending?.abort(new DeadlinePassed());
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.remainingMs -= this.sinceTurnMs();
    this.turnedAtMs = performance.now();
  }

  private resume(): void {
    this.pausedForMs += this.sinceTurnMs();
    this.run();
  }

  private sinceTurnMs(): number {
    return performance.now() - this.turnedAtMs;
  }
}
