import { Injectable } from '@nestjs/common';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { legacyConversation } from '../legacy/legacy-conversation.js';
import { ModernConversation } from '../modern/conversation/modern-conversation.js';
import type { Subject } from './subject.js';

/** Lets a service talk with the client that called it, as the client's era has it. */
@Injectable()
export class Conversations {
  constructor(private readonly modern: ModernConversation) {}

  /**
   * @param call does the work; the origin says whom it can ask meanwhile
   * @returns what `call` returns, or the questions that a modern client must answer first
   */
  async hold<R>(
    context: CallContext,
    subject: Subject,
    call: (origin: CallOrigin) => Promise<R>,
  ): Promise<R | InputRequiredResult> {
    return callerOf(context).legacy
      ? legacyConversation(context, subject.place, call)
      : this.modern.hold(context, subject, call);
  }
}
