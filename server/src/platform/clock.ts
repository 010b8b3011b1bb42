import { Injectable } from '@nestjs/common';

/** The only source of time, so that a test can hold it still. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds that only ever grow; for durations. */
  monotonicMs(): number {
    return performance.now();
  }
}
