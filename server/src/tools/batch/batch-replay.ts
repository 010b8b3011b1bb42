import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../../auth/index.js';
import type { ReplayCheck } from '../../jobs/index.js';
import { RequestContext, toAppError } from '../../platform/index.js';
import { ToolInvoker } from '../tool-invoker.js';
import type { BatchBody, BatchItem, BatchItemResult, BatchResult } from './batch.dto.js';
import { failed } from './batch-runner.js';

/**
 * Gives the answers of a batch again: each to whoever may still call its tool, and in place of the others their refusal.
 *
 * A job that was begun for a batch holds no answer; it is shown to its owner as it is.
 */
@Injectable()
export class BatchReplay implements ReplayCheck {
  constructor(private readonly invoker: ToolInvoker) {}

  async review({ body }: Request, principal: Principal, answer: unknown): Promise<unknown> {
    if (!isAnswered(answer)) return answer;
    const { items } = body as BatchBody;
    return { items: await Promise.all(items.map((item, at) => this.one(principal, item, answer.items[at]))) };
  }

  private async one(
    principal: Principal,
    item: BatchItem,
    kept?: BatchItemResult,
  ): Promise<BatchItemResult | undefined> {
    const { service, tool, arguments: args } = item;
    try {
      await this.invoker.decideAgain({ principal, door: 'batch', serviceId: service, tool, arguments: args });
      return kept;
    } catch (error) {
      return failed({ service, tool }, toAppError(error), RequestContext.current().language);
    }
  }
}

const isAnswered = (answer: unknown): answer is BatchResult =>
  typeof answer === 'object' && answer !== null && 'items' in answer;
