import { Clock } from '../src/platform/index.js';

/** A clock that stands still until a spec moves it. */
export class HandClock extends Clock {
  private at = Date.parse('2026-11-22T10:00:00Z');

  override now(): Date {
    return new Date(this.at);
  }

  forward(minutes: number): void {
    this.at += minutes * 60_000;
  }
}
