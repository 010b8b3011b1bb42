import { Injectable, signal } from '@angular/core';

/** Relative times are rewritten this often, ms: "3 minutes ago" need not be finer. */
const TICK_MS = 30_000;

/** The present moment as a signal, ms since the epoch. */
@Injectable({ providedIn: 'root' })
export class Clock {
  private readonly tick = signal(Date.now());
  readonly now = this.tick.asReadonly();

  constructor() {
    setInterval(() => this.tick.set(Date.now()), TICK_MS);
  }
}
