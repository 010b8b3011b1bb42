import { Logger } from '@nestjs/common';
import { RequestContext } from '../platform/index.js';

/** Does a piece of work whenever it is woken, and now and then by itself; never twice at once. */
export class WakingLoop {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isAwake = false;
  private isOn = false;

  constructor(
    name: string,
    private readonly work: () => Promise<void>,
  ) {
    this.logger = new Logger(name);
  }

  start(everyMs: number): void {
    this.isOn = true;
    this.timer = setInterval(() => this.wake(), everyMs).unref();
    this.wake();
  }

  /** Whatever happened before is seen by a turn that begins now or later. Nothing happens before `start`. */
  wake(): void {
    if (this.isAwake || !this.isOn) return;
    this.isAwake = true;
    // Whoever woke us is not whose work is done.
    RequestContext.outside(() => {
      this.turn = this.turn.then(() => this.go());
    });
  }

  /** Resolves when the turn under way is over. */
  async stop(): Promise<void> {
    this.isOn = false;
    clearInterval(this.timer);
    await this.turn;
  }

  private async go(): Promise<void> {
    this.isAwake = false;
    if (!this.isOn) return;
    try {
      await this.work();
    } catch (err) {
      // The next time will do.
      this.logger.warn({ err, msg: 'a turn failed' });
    }
  }
}
