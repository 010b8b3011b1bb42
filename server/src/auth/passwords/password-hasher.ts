import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel';
import { AppError } from '../../platform/index.js';

/** argon2id with OWASP's first choice: 46 MiB, one pass, one lane. 2 is `Algorithm.Argon2id`, a const enum. */
const ARGON2ID = { algorithm: 2, memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 } as const;

/** Each hash holds a thread of the pool that files and DNS use as well, so one core stays free of them. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);
const WAITING = 20;
const COME_BACK_SECONDS = 2;

/** Hashes and checks passwords, a few at a time; whoever finds the queue full is refused instead of slowing everybody. */
@Injectable()
export class PasswordHasher {
  private readonly gate: BulkheadPolicy = bulkhead(AT_ONCE, WAITING);
  /** Checked for people who do not exist, so that they take as long as those who do. */
  private readonly decoy = this.hash('nobody has this password');

  /** @throws {AppError} `rate_limited` when too many are waiting */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, ARGON2ID));
  }

  /**
   * Whether the password fits; always false without a stored hash, after the same amount of work.
   *
   * @throws {AppError} `rate_limited` when too many are waiting
   */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.decoy);
    const fits = await this.inTurn(() => verify(against, password));
    return fits && typeof stored === 'string';
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.gate.execute(work);
    } catch (error) {
      if (error instanceof BulkheadRejectedError)
        throw new AppError('rate_limited', { details: { seconds: COME_BACK_SECONDS } });
      throw error;
    }
  }
}
