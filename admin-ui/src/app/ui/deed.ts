import { signal } from '@angular/core';
import { ApiError } from '@gatehouse/api-client';

/** One act of a form: whether it is under way, and why it was refused. */
export class Deed {
  private readonly running = signal(false);
  private readonly failure = signal<ApiError | undefined>(undefined);

  readonly busy = this.running.asReadonly();
  readonly error = this.failure.asReadonly();

  /** Does it unless it is being done already. @returns whether it succeeded; anything but an ApiError is thrown on. */
  async run(task: () => Promise<unknown>): Promise<boolean> {
    if (this.running()) return false;
    this.running.set(true);
    this.failure.set(undefined);
    try {
      await task();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.failure.set(error);
      return false;
    } finally {
      this.running.set(false);
    }
  }

  /** Forgets the last refusal. */
  reset(): void {
    this.failure.set(undefined);
  }
}
