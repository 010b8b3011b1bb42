import { WaitedTooLong, within } from './within.js';

/** A bounded number of seats; whoever finds none waits in a bounded line, in order and not for ever. */
export class Seats {
  private taken = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly seats: number,
    private readonly longestLine: number,
  ) {}

  get busy(): number {
    return this.taken;
  }

  get waiting(): number {
    return this.line.length;
  }

  /**
   * @returns how to leave; must be called exactly once
   * @throws {WaitedTooLong} the line is full, or moved too slowly
   * @throws the signal's reason, when it fires first
   */
  async enter(ms: number, signal: AbortSignal | undefined): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.taken < this.seats) this.taken += 1;
    else await this.wait(ms, signal);
    return () => this.leave();
  }

  /** A seat is handed over, never free in between. */
  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.taken -= 1;
  }

  private async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.line.length >= this.longestLine) throw new WaitedTooLong('too many wait for a connection of their own');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.line.push(resolve);
    try {
      await within(promise, ms, signal);
    } catch (error) {
      const place = this.line.indexOf(resolve);
      // A seat may have been handed over while the wait was being given up.
      if (place === -1) this.leave();
      else this.line.splice(place, 1);
      throw error;
    }
  }
}
