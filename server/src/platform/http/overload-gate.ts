import { WaitingLine } from './waiting-line.js';

/** What the gate goes by; all of it in ms but for counts. */
export interface OverloadBounds {
  /** How long the process may compute at the requests that came in together before it takes no more of them. */
  readonly takeInMs: number;
  /** The same for the few who are let in longer: people at the console. */
  readonly takeInReservedMs: number;
  /** How many requests are enough for a process that never rests: one more would only wait. */
  readonly enough: number;
  readonly enoughReserved: number;
  /** How many more than it has at hand are tried, at each look, with a process that rests now and then. */
  readonly step: number;
  /** Part of its time that a process works which never rests. */
  readonly restless: number;
  /** How long somebody waits for room before they are turned away: whoever came again at once would be all the work there is. */
  readonly waitMs: number;
  /** How many wait so at once; beyond it connections are cut. */
  readonly mostWaiting: number;
}

export const DEFAULT_OVERLOAD_BOUNDS: OverloadBounds = {
  takeInMs: 250,
  takeInReservedMs: 600,
  enough: 256,
  enoughReserved: 1_024,
  step: 32,
  restless: 0.95,
  waitMs: 3_000,
  mostWaiting: 5_000,
};

/** Let in; to wait for room; or cut off, because too many wait already. */
export type Verdict = 'in' | 'wait' | 'cut';

/** What time it is, how long this thread has computed, ms, and which part of its time it worked lately, 0 to 1. */
export interface GateClocks {
  readonly nowMs: () => number;
  readonly computedMs: () => number;
  /** A new figure every now and then. */
  readonly utilisation: () => number;
}

/** How often it is looked who has waited too long, and whether there is room again, ms. */
const TICK_MS = 50;
/** For how long a look at the utilisation is good, ms. */
const LOOK_MS = 100;

/** Those of this process. */
export class OwnClocks implements GateClocks {
  private before = performance.eventLoopUtilization();
  private lookedAtMs = performance.now();
  private last = 0;

  readonly nowMs = (): number => performance.now();

  readonly computedMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };

  readonly utilisation = (): number => {
    const nowMs = performance.now();
    if (nowMs - this.lookedAtMs < LOOK_MS) return this.last;
    const now = performance.eventLoopUtilization();
    this.last = performance.eventLoopUtilization(now, this.before).utilization;
    this.before = now;
    this.lookedAtMs = nowMs;
    return this.last;
  };
}

/**
 * Decides at the door, before anything of a request is read, whether the process can take one more.
 *
 * Two things show that it cannot. It works without a rest, and has enough at hand already. Or it has computed for long at
 * requests that came in together: Node hands them all out one after the other before it goes on with earlier ones. Neither
 * counts calls that wait for their service while the process has time.
 *
 * Whoever cannot be taken waits, unread, for somebody else to be done. That costs next to nothing, where a refusal costs as
 * much as a good part of a call, and whoever is refused comes again.
 */
export class OverloadGate {
  private round: { readonly nowMs: number; readonly computedMs: number } | undefined;
  private readonly line = new WaitingLine();
  private ticker: NodeJS.Timeout | undefined;
  private atHand = 0;
  /** The figure that `most` goes by. */
  private seen: number | undefined;
  private most = 0;

  constructor(
    private readonly clocks: GateClocks = new OwnClocks(),
    private readonly bounds: OverloadBounds = DEFAULT_OVERLOAD_BOUNDS,
    private readonly onRoundEnd: (then: () => void) => void = (then) => void setImmediate(then),
  ) {}
  /** Nobody overtakes those who wait, save somebody for whom room is kept. @param isReserved such a one */
  judge(isReserved: boolean): Verdict {
    if ((isReserved || this.line.size === 0) && this.hasRoom(isReserved)) return 'in';
    return this.line.size < this.bounds.mostWaiting ? 'wait' : 'cut';
  }

  /** Counts a request that was let in. @returns what is to be called when it is over */
  take(): () => void {
    this.atHand += 1;
    return () => {
      this.atHand -= 1;
      this.admit();
    };
  }

  /**
   * Lets somebody wait for room.
   *
   * @param refuse called in place of `admit` when there was none for too long
   * @returns what is to be called when they are gone before
   */
  wait(admit: () => void, refuse: () => void): () => void {
    this.ticker ??= setInterval(() => this.tick(), TICK_MS).unref();
    return this.line.add({ admit, refuse, untilMs: this.clocks.nowMs() + this.bounds.waitMs });
  }

  private tick(): void {
    const nowMs = this.clocks.nowMs();
    for (let late = this.line.nextLate(nowMs); late; late = this.line.nextLate(nowMs)) late.refuse();
    this.admit();
    if (this.line.size > 0) return;
    clearInterval(this.ticker);
    this.ticker = undefined;
  }

  private admit(): void {
    while (this.line.size > 0 && this.hasRoom(false)) this.line.next()?.admit();
  }

  private hasRoom(isReserved: boolean): boolean {
    return !this.hasEnough(isReserved) && !this.takesTooLong(isReserved);
  }

  private hasEnough(isReserved: boolean): boolean {
    const { enough, enoughReserved } = this.bounds;
    return this.atHand >= (isReserved ? enoughReserved : enough) && this.atHand >= this.mostAtHand();
  }

  /** With a process that rests, more is tried step by step: what it will cost shows only when it is at hand. */
  private mostAtHand(): number {
    const utilisation = this.clocks.utilisation();
    if (utilisation === this.seen) return this.most;
    this.seen = utilisation;
    this.most = utilisation < this.bounds.restless ? this.atHand + this.bounds.step : 0;
    return this.most;
  }

  private takesTooLong(isReserved: boolean): boolean {
    if (!this.round) {
      this.round = { nowMs: this.clocks.nowMs(), computedMs: this.clocks.computedMs() };
      this.onRoundEnd(() => (this.round = undefined));
      return false;
    }
    const { takeInMs, takeInReservedMs } = this.bounds;
    const mostMs = isReserved ? takeInReservedMs : takeInMs;
    // The second clock costs more to read, and never runs ahead of the first.
    if (this.clocks.nowMs() - this.round.nowMs <= mostMs) return false;
    return this.clocks.computedMs() - this.round.computedMs > mostMs;
  }
}
