import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { DirectAct } from '@gatehouse/contracts';
import { AccountDirectory, renewed, type Principal } from '../../auth/index.js';
import { AppError, Clock, RequestContext, toAppError } from '../../platform/index.js';
import { ToolInvoker } from '../../tools/index.js';
import type { ChatTurn } from '../conversation.dto.js';
import type { ConversationRow } from '../conversation.entity.js';
import { ConversationStore } from '../conversation.store.js';
import { MessageStore } from '../message.store.js';
import { CallRunner } from './call-runner.js';
import { ChatLoop } from './chat-loop.js';
import { DEADLINE_MS, deadlinePassed } from './limits.js';
import { LiveTurn } from './live-turn.js';
import { RunningTurns } from './running-turns.js';
import { titleOf } from './title.js';
import { ToolsOnOffer } from './tools-on-offer.js';
import { finishedParts, openCalls } from './turn.js';

/** Messages that a turn looks back on; what does not fit the model is dropped later. */
const LOOK_BACK = 200;

/** Somebody's turn in one of their conversations. */
interface Asked {
  caller: Principal;
  conversation: ConversationRow;
  live: LiveTurn;
}

/** Takes what a person says or does, and writes the answer in the background, whether or not somebody keeps watching. */
@Injectable()
export class TurnRunner {
  private readonly logger = new Logger('Chat');

  constructor(
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly running: RunningTurns,
    private readonly offers: ToolsOnOffer,
    private readonly loop: ChatLoop,
    private readonly invoker: ToolInvoker,
    private readonly accounts: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the message and begins the answer.
   *
   * @returns the answer being written
   * @throws {AppError} `not_found`, `validation_failed`, `conversation_busy`, `rate_limited`; later trouble is told in the stream
   */
  async start(caller: Principal, conversationId: string, asked: ChatTurn): Promise<LiveTurn> {
    if (asked.text === undefined && asked.direct === undefined) throw nothingAsked();
    const before = await this.conversations.get(caller.userId, conversationId);
    const { language, requestId } = RequestContext.current();
    const live = new LiveTurn(randomUUID(), { language, requestId });
    this.running.begin(caller, conversationId, live);
    try {
      const conversation = await this.note(before, asked);
      void this.write({ caller, conversation, live }, asked.direct);
    } catch (error) {
      this.running.end(conversationId);
      throw error;
    }
    return live;
  }

  /** Ends the answer of a conversation, if one is being written. @throws {AppError} `not_found` */
  async stop(caller: Principal, conversationId: string): Promise<void> {
    await this.conversations.get(caller.userId, conversationId);
    this.running.stop(conversationId);
  }

  private async note(before: ConversationRow, asked: ChatTurn): Promise<ConversationRow> {
    const { text, direct, modelId, serviceIds } = asked;
    const title = before.title ?? titleOf(text ?? direct?.tool ?? '');
    const conversation = await this.conversations.update(before.userId, before.id, { title, modelId, serviceIds });
    if (text !== undefined) await this.messages.append(before.id, 'user', [{ type: 'text', text }]);
    return conversation;
  }

  /** Never throws: whatever goes wrong is told in the stream. */
  private async write(asked: Asked, direct: DirectAct | undefined): Promise<void> {
    const { live, conversation } = asked;
    let expired = false;
    const expire = setTimeout(() => {
      expired = true;
      live.expire();
    }, DEADLINE_MS);
    live.emit({ type: 'start', messageId: live.messageId });
    try {
      await (direct ? this.act(asked, direct) : this.answer(asked));
    } catch (thrown) {
      this.tell(live, thrown);
    }
    clearTimeout(expire);
    this.conclude(live, expired);
    await this.keep(asked);
    this.running.end(conversation.id);
    live.emit(live.endedBy ? { type: 'abort', reason: live.endedBy } : { type: 'finish' });
    live.close();
  }

  private async answer(asked: Asked): Promise<void> {
    const { caller, conversation, live } = asked;
    const tools = this.offers.list(caller, conversation.serviceIds, live.audience.language);
    const messages = await this.messages.latest(conversation.id, LOOK_BACK);
    // The question is among them, unless the conversation was deleted meanwhile: then nobody waits for an answer.
    if (messages.length === 0) return;
    const runner = this.callRunner(asked, 'chat');
    try {
      await this.loop.run(live, { modelId: conversation.modelId, messages, tools, runner });
    } finally {
      await runner.settled();
    }
  }

  /** A tool called by hand: the same path, no model. */
  private async act(asked: Asked, direct: DirectAct): Promise<void> {
    const { caller, live } = asked;
    const { serviceId, tool: name, arguments: input } = direct;
    const offered = this.offers.find(caller, serviceId, name, live.audience.language);
    // An unknown tool is refused, and the refusal recorded, by the one path; here it only needs a name.
    const tool = offered ?? { serviceId, serviceName: serviceId, name, title: name };
    live.emit({ type: 'data-direct', data: { serviceId: tool.serviceId, tool: name, arguments: input } });
    live.emit({ type: 'start-step' });
    const runner = this.callRunner(asked, 'direct');
    const publicName = offered?.publicName ?? name;
    // A failure is on the card already.
    await runner.run({ toolCallId: randomUUID(), publicName, tool, arguments: input }).catch(() => undefined);
    live.emit({ type: 'finish-step' });
  }

  private callRunner({ caller, conversation, live }: Asked, door: 'chat' | 'direct'): CallRunner {
    const context = { caller: () => renewed(caller, this.accounts), conversationId: conversation.id, door };
    return new CallRunner(this.invoker, this.clock, live, context);
  }

  private tell(live: LiveTurn, thrown: unknown): void {
    const error = toAppError(thrown);
    if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code });
    live.fail(error);
  }

  private conclude(live: LiveTurn, expired: boolean): void {
    const { message } = new AppError('call_cancelled').text(live.audience.language);
    for (const { toolCallId } of openCalls(live.turn))
      live.emit({ type: 'tool-output-error', toolCallId, errorText: message });
    if (expired) live.fail(deadlinePassed());
    if (live.endedBy) live.emit({ type: 'data-stopped', data: { reason: live.endedBy } });
  }

  /** A conversation that was deleted meanwhile has no place for the answer any more; that is no failure. */
  private async keep({ caller, conversation, live }: Asked): Promise<void> {
    try {
      await this.conversations.update(caller.userId, conversation.id, {});
      await this.messages.append(conversation.id, 'assistant', finishedParts(live.turn), live.messageId);
    } catch (thrown) {
      if (toAppError(thrown).code !== 'not_found') this.tell(live, thrown);
    }
  }
}

const nothingAsked = (): AppError =>
  new AppError('validation_failed', {
    fields: [{ path: 'text', message: 'say something, or name a tool in `direct`' }],
  });
