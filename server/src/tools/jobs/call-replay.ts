import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../../auth/index.js';
import type { ReplayCheck } from '../../jobs/index.js';
import type { CallRequestBody } from '../tool.dto.js';
import { ToolInvoker } from '../tool-invoker.js';

/** Gives the answer of a call again, or the job that was begun for it, to whoever may still call the tool. */
@Injectable()
export class CallReplay implements ReplayCheck {
  constructor(private readonly invoker: ToolInvoker) {}

  async review({ params, body }: Request, principal: Principal, answer: unknown): Promise<unknown> {
    const { arguments: args, chatId } = body as CallRequestBody;
    await this.invoker.decideAgain({
      principal,
      door: 'rest',
      serviceId: String(params['id']),
      tool: String(params['tool_name']),
      arguments: args,
      ...(chatId !== undefined && { chatId }),
    });
    return answer;
  }
}
