/** How long a caller waits for somebody else's transaction before it gives up, ms. */
const PATIENCE_MS = 5_000;

interface Waiter {
  who: object;
  enter: () => void;
  timer: NodeJS.Timeout;
}

/** Lets one transaction at a time through; the rest wait in the order they came. */
export class TransactionGate {
  private owner: object | null = null;
  private readonly queue: Waiter[] = [];

  /** @throws {Error} when another transaction holds the gate for longer than five seconds */
  acquire(who: object): Promise<void> {
    if (this.owner === null || this.owner === who) {
      this.owner = who;
      return Promise.resolve();
    }
    return new Promise((enter, fail) => {
      const waiter: Waiter = { who, enter, timer: setTimeout(() => this.giveUp(waiter, fail), PATIENCE_MS) };
      this.queue.push(waiter);
    });
  }

  isBusyFor(who: object): boolean {
    return this.owner !== null && this.owner !== who;
  }

  release(who: object): void {
    if (this.owner !== who) return;
    const next = this.queue.shift();
    this.owner = next?.who ?? null;
    if (!next) return;
    clearTimeout(next.timer);
    next.enter();
  }

  private giveUp(waiter: Waiter, fail: (error: Error) => void): void {
    this.queue.splice(this.queue.indexOf(waiter), 1);
    fail(
      new Error('Waited too long for another database transaction. Inside a transaction, use only its own manager.'),
    );
  }
}
