import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/index.js';

/** Remembers which request states came back already: each is good for one retry. Several nodes share one such memory. */
export abstract class UsedStates {
  /** @returns whether it is the first use; also false when nothing more can be remembered */
  abstract claim(nonce: string, expiresAtMs: number): Promise<boolean>;
}

/** More than all callers together may use in the lifetime of a state. */
const MAX_REMEMBERED = 100_000;

/** For one process. States live equally long, so the oldest expire first. */
@Injectable()
export class UsedStatesInMemory extends UsedStates {
  private readonly used = new Map<string, number>();

  constructor(private readonly clock: Clock) {
    super();
  }

  claim(nonce: string, expiresAtMs: number): Promise<boolean> {
    this.forgetExpired();
    if (this.used.has(nonce) || this.used.size >= MAX_REMEMBERED) return Promise.resolve(false);
    this.used.set(nonce, expiresAtMs);
    return Promise.resolve(true);
  }

  private forgetExpired(): void {
    const nowMs = this.clock.now().getTime();
    for (const [nonce, expiresAtMs] of this.used) {
      if (expiresAtMs > nowMs) return;
      this.used.delete(nonce);
    }
  }
}
