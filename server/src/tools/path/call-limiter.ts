import { Injectable } from '@nestjs/common';
import { LimitGate } from '../../limits/index.js';
import type { CallPlan } from './call-plan.js';
import { Places } from './places.js';

/** Step 5, limit: how often, how many a day and how many at once, by the rules in force. */
@Injectable()
export class CallLimiter {
  constructor(private readonly gate: LimitGate) {}

  /**
   * Waits in line where it must, first for the person's share, then for the service's.
   *
   * @returns the places, which must be left
   * @throws {AppError} `too_many_calls` and `quota_exhausted`, with the seconds after which to come back; `call_cancelled`
   */
  async enter({ origin, service, object }: CallPlan<unknown>): Promise<Places> {
    const { principal, signal, onStanding } = origin;
    const tool = typeof object.want === 'object' ? object.want.tool : undefined;
    const pass = await this.gate.enter({ principal, serviceId: service.id, tool, signal, onStanding });
    return new Places(pass.leave, pass.reenter, pass.undo);
  }
}
