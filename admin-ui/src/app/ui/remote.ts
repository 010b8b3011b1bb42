import { computed, signal } from '@angular/core';
import { ApiError, isAbort } from '@gatehouse/api-client';

/** `ready` as soon as there is a value, even an old one; `forbidden` and `failed` only while there is none. */
export type RemoteState = 'loading' | 'ready' | 'failed' | 'forbidden';

/**
 * One thing read from the server: its value, whether it is being read, and why it could not be.
 *
 * A value stays visible while it is read again, and after a later reading failed. The newest reading wins.
 */
export class Remote<T> {
  private readonly held = signal<T | undefined>(undefined);
  private readonly failure = signal<ApiError | undefined>(undefined);
  private readonly reading = signal(false);
  private current = new AbortController();
  private last: ((signal: AbortSignal) => Promise<T>) | undefined;

  readonly value = this.held.asReadonly();
  readonly error = this.failure.asReadonly();
  readonly busy = this.reading.asReadonly();
  readonly state = computed<RemoteState>(() => {
    if (this.held() !== undefined) return 'ready';
    const error = this.failure();
    if (!error) return 'loading';
    return error.code === 'permission_missing' ? 'forbidden' : 'failed';
  });

  /** Reads anew with `task`, dropping whatever is still being read. Never rejects with an ApiError. */
  async load(task: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.last = task;
    this.current.abort();
    const mine = (this.current = new AbortController());
    this.reading.set(true);
    try {
      const value = await task(mine.signal);
      if (mine === this.current) this.settle(value, undefined);
    } catch (error) {
      if (mine !== this.current || isAbort(error)) return;
      if (!(error instanceof ApiError)) throw error;
      this.settle(this.held(), error);
    } finally {
      if (mine === this.current) this.reading.set(false);
    }
  }

  /** Reads the same again. */
  async reload(): Promise<void> {
    if (this.last) await this.load(this.last);
  }

  /** Forgets the value, so that the next reading shows as loading. */
  clear(): void {
    this.current.abort();
    this.settle(undefined, undefined);
  }

  /** Puts a value in place without reading, for example the answer of a change. */
  set(value: T): void {
    this.settle(value, undefined);
  }

  private settle(value: T | undefined, error: ApiError | undefined): void {
    this.held.set(value);
    this.failure.set(error);
  }
}
