import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError, CONFIG, type Config } from '../../platform/index.js';
import type { CallPlan } from './call-plan.js';
import { Places } from './places.js';
import { Turnstile, TurnedAway } from './turnstile.js';

const WAIT_MS = 10_000;
const PER_USER = { seats: 10, queue: 100, waitMs: WAIT_MS };
const PER_SERVICE = { seats: 32, queue: 500, waitMs: WAIT_MS };
/** When to come back after the line was full or too slow, s. */
const COME_BACK_SECONDS = 5;

/** Step 5, limit: how often one person may call, and how many calls of one person and to one service run at once. */
@Injectable()
export class CallLimiter {
  private readonly users = new Turnstile(PER_USER);
  private readonly services = new Turnstile(PER_SERVICE);
  private readonly rate: RateLimiterMemory | undefined;

  constructor(@Inject(CONFIG) config: Pick<Config, 'callsPerMinute'>) {
    const points = config.callsPerMinute;
    this.rate = points > 0 ? new RateLimiterMemory({ points, duration: 60 }) : undefined;
  }

  /**
   * Waits in line, first for the person's share, then for the service's; nobody holds a place at a service while waiting
   * for their own share.
   *
   * @returns the places, which must be left
   * @throws {AppError} `too_many_calls` with the seconds after which to come back
   */
  async enter({ origin, service }: CallPlan<unknown>): Promise<Places> {
    const { userId } = origin.principal;
    await this.countRate(userId);
    const leaveUser = await enter(this.users, userId, origin.signal);
    try {
      const leaveService = await enter(this.services, service.id, origin.signal);
      return new Places(both(leaveService, leaveUser), () =>
        both(this.services.reenter(service.id), this.users.reenter(userId)),
      );
    } catch (error) {
      leaveUser();
      throw error;
    }
  }

  private async countRate(userId: string): Promise<void> {
    try {
      await this.rate?.consume(userId);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooMany(Math.ceil(refusal.msBeforeNext / 1_000));
    }
  }
}

async function enter(turnstile: Turnstile, key: string, signal: AbortSignal | undefined): Promise<() => void> {
  try {
    return await turnstile.enter(key, signal);
  } catch (error) {
    if (error instanceof TurnedAway) throw tooMany(COME_BACK_SECONDS);
    throw signal?.aborted ? new AppError('call_cancelled', { cause: error }) : error;
  }
}

const both = (first: () => void, second: () => void) => (): void => {
  first();
  second();
};

const tooMany = (seconds: number): AppError =>
  new AppError('too_many_calls', { details: { seconds: Math.max(1, seconds) } });
