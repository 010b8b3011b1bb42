/** What the gate goes by; all of it in ms but for counts. */
export interface OverloadBounds {
  /** How long the process may compute at the requests that came in together before it takes no more of them. */
  readonly takeInMs: number;
  /** The same for the few who are let in longer: people at the console. */
  readonly takeInReservedMs: number;
  /** How long somebody who is turned away waits for it, at least and at most: whoever comes again at once would be all the work there is. */
  readonly holdMs: readonly [least: number, most: number];
  /** How many wait so at once; beyond it connections are cut. */
  readonly mostHeld: number;
}

export const DEFAULT_OVERLOAD_BOUNDS: OverloadBounds = {
  takeInMs: 250,
  takeInReservedMs: 600,
  holdMs: [300, 900],
  mostHeld: 5_000,
};

/** Let in; told after a while to come back; or cut off, because too many are being told already. */
export type Verdict = 'in' | 'later' | 'cut';

/** What time it is, and how long this thread has computed, ms. */
export interface GateClocks {
  readonly nowMs: () => number;
  readonly computedMs: () => number;
}

const OWN_CLOCKS: GateClocks = {
  nowMs: () => performance.now(),
  computedMs: () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  },
};

/**
 * Decides at the door, before anything of a request is read, whether the process can take one more.
 *
 * Node hands out all requests that have come in one after the other before it goes on with earlier ones. When that takes
 * too long, those that wait in line behind would only make every answer late, those of the admitted too. Computing time is
 * the measure: calls that wait for their service cost none, and neither does a process that others keep from running.
 */
export class OverloadGate {
  private round: { readonly nowMs: number; readonly computedMs: number } | undefined;
  private held = 0;

  constructor(
    private readonly clocks: GateClocks = OWN_CLOCKS,
    private readonly bounds: OverloadBounds = DEFAULT_OVERLOAD_BOUNDS,
    private readonly onRoundEnd: (then: () => void) => void = (then) => void setImmediate(then),
  ) {}

  /** @param isReserved for somebody for whom room is kept */
  judge(isReserved: boolean): Verdict {
    if (!this.round) {
      this.round = { nowMs: this.clocks.nowMs(), computedMs: this.clocks.computedMs() };
      this.onRoundEnd(() => (this.round = undefined));
      return 'in';
    }
    const { takeInMs, takeInReservedMs, mostHeld } = this.bounds;
    const mostMs = isReserved ? takeInReservedMs : takeInMs;
    // The second clock costs more to read, and never runs ahead of the first.
    if (this.clocks.nowMs() - this.round.nowMs <= mostMs) return 'in';
    if (this.clocks.computedMs() - this.round.computedMs <= mostMs) return 'in';
    return this.held < mostHeld ? 'later' : 'cut';
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
