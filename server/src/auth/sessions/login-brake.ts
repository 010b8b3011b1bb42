import { Injectable } from '@nestjs/common';
import { AppError, Clock } from '../../platform/index.js';
import { hashToken } from '../credentials/secret-token.js';

const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;
const REMEMBERED_MS = 15 * 60_000;
const CAPACITY = 20_000;

interface Failures {
  count: number;
  lastAt: number;
  /** No attempt counts before this moment, epoch ms. */
  openAt: number;
}

/** How long to wait after so many failures in a row, ms: nothing for the first five, then 30 s and twice as long each time. */
export const delayAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES));

/**
 * Slows down guessing the password of one account from one address; never locks anybody out for good, and never the
 * owner of the account who comes from elsewhere.
 */
@Injectable()
export class LoginBrake {
  private readonly failures = new Map<string, Failures>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts an attempt as failed before it is made, so that a hundred at once do not all pass; `succeeded` takes it back.
   *
   * @throws {AppError} `rate_limited` while the brake is on
   */
  attempt(account: string, ip: string | null): void {
    const key = keyOf(account, ip);
    const now = this.clock.now().getTime();
    const known = this.failures.get(key);
    if (known && now < known.openAt) {
      throw new AppError('rate_limited', { details: { seconds: Math.ceil((known.openAt - now) / 1_000) } });
    }
    const count = known && now - known.lastAt < REMEMBERED_MS ? known.count + 1 : 1;
    this.failures.delete(key); // Put back at the end: the Map's order is the order of use.
    this.failures.set(key, { count, lastAt: now, openAt: now + delayAfter(count) });
    this.forgetOldest();
  }

  succeeded(account: string, ip: string | null): void {
    this.failures.delete(keyOf(account, ip));
  }

  private forgetOldest(): void {
    if (this.failures.size <= CAPACITY) return;
    const oldest = this.failures.keys().next();
    if (!oldest.done) this.failures.delete(oldest.value);
  }
}

const keyOf = (account: string, ip: string | null): string => hashToken(`${account}\n${ip ?? ''}`);
