/** What the gate goes by; all of it in ms but for counts. */
export interface OverloadBounds {
  /** How long the process may compute at the requests that came in together before it takes no more of them. */
  readonly takeInMs: number;
  /** The same for the few who are let in longer: people at the console. */
  readonly takeInReservedMs: number;
  /** How many requests are enough for a process that never rests: one more would only wait. */
  readonly enough: number;
  readonly enoughReserved: number;
  /** Part of its time that a process works which never rests. */
  readonly restless: number;
  /** How long somebody who is turned away waits for it, at least and at most: whoever comes again at once would be all the work there is. */
  readonly holdMs: readonly [least: number, most: number];
  /** How many wait so at once; beyond it connections are cut. */
  readonly mostHeld: number;
}

export const DEFAULT_OVERLOAD_BOUNDS: OverloadBounds = {
  takeInMs: 250,
  takeInReservedMs: 600,
  enough: 256,
  enoughReserved: 1_024,
  restless: 0.95,
  holdMs: [1_000, 3_000],
  mostHeld: 5_000,
};

/** Let in; told after a while to come back; or cut off, because too many are being told already. */
export type Verdict = 'in' | 'later' | 'cut';

/** What time it is, how long this thread has computed, ms, and which part of its time it worked lately, 0 to 1. */
export interface GateClocks {
  readonly nowMs: () => number;
  readonly computedMs: () => number;
  readonly utilisation: () => number;
}

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
 */
export class OverloadGate {
  private round: { readonly nowMs: number; readonly computedMs: number } | undefined;
  private held = 0;
  private atHand = 0;

  constructor(
    private readonly clocks: GateClocks = new OwnClocks(),
    private readonly bounds: OverloadBounds = DEFAULT_OVERLOAD_BOUNDS,
    private readonly onRoundEnd: (then: () => void) => void = (then) => void setImmediate(then),
  ) {}

  /** @param isReserved for somebody for whom room is kept */
  judge(isReserved: boolean): Verdict {
    if (!this.hasEnough(isReserved) && !this.takesTooLong(isReserved)) return 'in';
    return this.held < this.bounds.mostHeld ? 'later' : 'cut';
  }

  /** Counts a request that was let in. @returns what is to be called when it is over */
  take(): () => void {
    this.atHand += 1;
    return () => (this.atHand -= 1);
  }

  private hasEnough(isReserved: boolean): boolean {
    const { enough, enoughReserved, restless } = this.bounds;
    return this.atHand >= (isReserved ? enoughReserved : enough) && this.clocks.utilisation() >= restless;
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

  /** Runs `then` after a while. @returns what is to be called when the other side is gone before */
  hold(then: () => void): () => void {
    const [least, most] = this.bounds.holdMs;
    this.held += 1;
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      this.held -= 1;
      clearTimeout(timer);
    };
    const timer = setTimeout(
      () => {
        end();
        then();
      },
      least + Math.random() * (most - least),
    );
    return end;
  }
}
