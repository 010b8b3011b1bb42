import { Logger } from '@nestjs/common';
import type { CallCard } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import { AppError, toAppError, type Clock } from '../../platform/index.js';
import type { CallRequest, ToolInvoker } from '../../tools/index.js';
import { answeredCard, failedCard, openingCard, type CardTool } from './call-card.js';
import { MAX_CALLS, budgetUsed } from './limits.js';
import type { LiveTurn } from './live-turn.js';
import { boundedAnswer, type ToolAnswer } from './tool-output.js';

/** Progress may come in floods; a card shows no more than this. */
const PROGRESS_EVERY_MS = 100;

/** What one turn's calls have in common. */
export interface CallContext {
  /** Asked again for each call: rights may change while an answer is written. Undefined: the account is off. */
  caller: () => Principal | undefined;
  conversationId: string;
  door: 'chat' | 'direct';
}

/** One call that was asked for, and its place in the message. */
export interface CallOrder {
  toolCallId: string;
  /** Name of the tool in the message. */
  publicName: string;
  tool: CardTool;
  arguments: Record<string, unknown>;
}

/** Makes the tool calls of one turn on the one path, and keeps each call's card up to date. */
export class CallRunner {
  private readonly logger = new Logger('Chat');
  private readonly inFlight = new Set<Promise<unknown>>();
  private begun = 0;

  constructor(
    private readonly invoker: ToolInvoker,
    private readonly clock: Clock,
    private readonly live: LiveTurn,
    private readonly context: CallContext,
  ) {}

  get callCount(): number {
    return this.begun;
  }

  /**
   * @returns the tool's answer, cut where a conversation cannot carry it
   * @throws {Error} whose message is for the model and for the message part, in the person's language
   */
  run(order: CallOrder): Promise<ToolAnswer> {
    this.begun += 1;
    const { toolCallId, publicName, tool, arguments: input } = order;
    this.live.emit({
      type: 'tool-input-available',
      toolCallId,
      toolName: publicName,
      title: tool.title,
      input,
      dynamic: true,
    });
    const call = this.call(order);
    const settled = call.then(
      (output) => this.live.emit({ type: 'tool-output-available', toolCallId, output, dynamic: true }),
      (error: Error) =>
        this.live.emit({ type: 'tool-output-error', toolCallId, errorText: error.message, dynamic: true }),
    );
    this.inFlight.add(settled);
    void settled.finally(() => this.inFlight.delete(settled));
    return settled.then(() => call);
  }

  /** Waits for the calls that are under way; after a page was closed they finish without a reader. */
  async settled(): Promise<void> {
    await Promise.all(this.inFlight);
  }

  private async call(order: CallOrder): Promise<ToolAnswer> {
    const startedMs = this.clock.monotonicMs();
    let card = openingCard(order.toolCallId, order.tool, this.clock.now());
    const show = (next: CallCard): void => {
      card = next;
      this.live.emit({ type: 'data-call', id: card.toolCallId, data: card });
    };
    show(card);
    try {
      if (this.begun > MAX_CALLS) throw budgetUsed();
      const answer = await this.invoker.invoke(this.requestOf(order, (progress) => show({ ...card, progress })));
      show(answeredCard(card, { ...answer, isError: answer.result.isError === true }));
      return boundedAnswer(answer.result);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.family === 'ours') this.logger.error({ err: thrown, code: error.code });
      const durationMs = this.clock.monotonicMs() - startedMs;
      const failed = failedCard(card, error, this.live.audience.language, durationMs);
      show(failed);
      throw new Error(`${failed.error.message} ${failed.error.remedy}`, { cause: thrown });
    }
  }

  private requestOf(order: CallOrder, show: (progress: NonNullable<CallCard['progress']>) => void): CallRequest {
    const principal = this.context.caller();
    if (!principal) throw new AppError('auth_required');
    let shownMs = -Infinity;
    return {
      principal,
      door: this.context.door,
      serviceId: order.tool.serviceId,
      tool: order.tool.name,
      arguments: order.arguments,
      chatId: this.context.conversationId,
      signal: this.live.callSignal,
      onProgress: ({ progress, total, message }) => {
        const nowMs = this.clock.monotonicMs();
        if (nowMs - shownMs < PROGRESS_EVERY_MS) return;
        shownMs = nowMs;
        show({ progress, ...(total !== undefined && { total }), ...(message !== undefined && { message }) });
      },
    };
  }
}
