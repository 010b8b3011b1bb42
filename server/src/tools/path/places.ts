import type { CallOrigin } from './call-plan.js';

/** The places that one call holds, and gives up for as long as it waits for a person: whoever waits needs no share of ours. */
export class Places {
  private waiting = 0;
  private isOver = false;

  /**
   * @param giveBack gives the places back
   * @param takeAgain takes them again, also when all are taken by now: the call is under way and cannot be turned away;
   * returns how to give those back
   * @param undo takes back that the call was counted
   */
  constructor(
    private giveBack: () => void,
    private readonly takeAgain: () => () => void,
    private readonly undo: () => void = () => undefined,
  ) {}

  /** The call has ended. */
  leave(): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.waiting === 0) this.giveBack();
  }

  /** The call came to nothing before anything was done. */
  abandon(): void {
    if (!this.isOver) this.undo();
    this.leave();
  }

  async without<T>(wait: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    if (this.waiting === 1 && !this.isOver) this.giveBack();
    try {
      return await wait();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0 && !this.isOver) this.giveBack = this.takeAgain();
    }
  }
}

/** The origin of a call whose questions are waited for outside of its places. */
export function withoutPlaces<T extends CallOrigin>(origin: T, places: Places): T {
  const { counterpart } = origin;
  if (!counterpart) return origin;
  const ask: typeof counterpart.ask = (question, signal) => places.without(() => counterpart.ask(question, signal));
  return { ...origin, counterpart: { ...counterpart, ask } };
}
