import {
  ApiError,
  isAbort,
  readEvents,
  type ChatTurn,
  type Conversation as StoredConversation,
  type LlmModel,
  type Service,
  type UsableTool,
} from '@gatehouse/api-client';

import { EMPTY_CONVERSATION, reduce, type Conversation, type ConversationEvent } from '../conversation/conversation.js';
import { readFailure } from '../conversation/failure.js';
import type { FailureFacts, StoredMessage, StreamChunk } from '../conversation/stream-chunk.js';
import type { ToolCall } from '../conversation/tool-call.js';
import { SignInNeeded, type TokenKeeper } from './embed-token.js';
import type { Gateway } from './gateway.js';

/** Everything the widget shows that did not come from the person's hands. Replaced as a whole at every change. */
export interface SessionView {
  readonly phase: 'idle' | 'connecting' | 'ready' | 'sign-in' | 'failed';
  /** Why the phase is `failed`. */
  readonly failure?: FailureFacts;
  readonly services: readonly Service[];
  readonly tools: readonly UsableTool[];
  readonly models: readonly LlmModel[];
  readonly modelId: string | undefined;
  /** Ids of the chosen services, in the order of choosing. */
  readonly chosen: readonly string[];
  readonly conversation: Conversation;
  readonly conversationId: string | undefined;
  readonly history: readonly StoredConversation[] | undefined;
  readonly historyFailure: FailureFacts | undefined;
}

/** What the host page is told; nothing of what was said or sent. */
export type SessionEvent =
  | { type: 'message'; detail: { conversationId: string | undefined; role: 'user' | 'assistant'; outcome?: string } }
  | {
      type: 'toolcall';
      detail: { serviceId?: string; tool: string; state: string; callId?: string; durationMs?: number };
    }
  | { type: 'error'; detail: { code: string; requestId?: string } }
  | { type: 'auth-needed'; detail: { message: string } };

const START: SessionView = {
  phase: 'idle',
  services: [],
  tools: [],
  models: [],
  modelId: undefined,
  chosen: [],
  conversation: EMPTY_CONVERSATION,
  conversationId: undefined,
  history: undefined,
  historyFailure: undefined,
};

interface Turn {
  request: ChatTurn;
  shown: string;
}

/** One person's conversation with the gateway: what is asked, what comes back. Knows no DOM. */
export class ChatSession {
  view: SessionView = START;
  #stream: AbortController | undefined;
  #turn: Turn | undefined;
  #count = 0;
  #wanted: readonly string[] = [];

  constructor(
    readonly gateway: Gateway,
    private readonly tokens: TokenKeeper,
    private readonly onChange: () => void,
    private readonly onEvent: (event: SessionEvent) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Signs in and reads what this person may use. */
  async connect(): Promise<void> {
    if (this.view.phase === 'connecting') return;
    this.#set({ phase: 'connecting', failure: undefined });
    try {
      await this.tokens.current();
      const [services, tools, models] = await Promise.all([
        this.gateway.services(),
        this.gateway.tools(),
        this.gateway.models(),
      ]);
      const model = models.find(({ isDefault }) => isDefault) ?? models[0];
      this.#set({ phase: 'ready', services, tools, models, modelId: this.view.modelId ?? model?.id });
      this.choose(this.#wanted);
    } catch (error) {
      this.#refused(error, (failure) => this.#set({ phase: 'failed', failure }));
    }
  }

  /** Chooses services by id or slug; what this person may not use is passed over, before or after connecting. */
  choose(references: readonly string[]): void {
    this.#wanted = references;
    if (this.view.phase !== 'ready') return;
    const found = references.map((reference) =>
      this.view.services.find(({ id, slug }) => id === reference || slug === reference),
    );
    const chosen = [...new Set(found.flatMap((service) => (service ? [service.id] : [])))];
    this.#set({ chosen });
  }

  toggle(serviceId: string): void {
    const { chosen } = this.view;
    this.choose(chosen.includes(serviceId) ? chosen.filter((id) => id !== serviceId) : [...chosen, serviceId]);
  }

  useModel(modelId: string): void {
    this.#set({ modelId });
  }

  /** Reads again how the services are; a failure leaves what is known. */
  async refreshServices(): Promise<void> {
    const services = await this.gateway.services().catch(() => this.view.services);
    this.#set({ services });
  }

  /** Ids of services that the server finds for a query; it also knows pinyin. */
  async findServices(query: string): Promise<readonly string[]> {
    const found = await this.gateway.services({ q: query }).catch(() => []);
    return found.map(({ id }) => id);
  }

  get isBusy(): boolean {
    return this.view.conversation.status !== 'idle';
  }

  send(text: string): Promise<void> {
    return this.#run({ request: { text }, shown: text });
  }

  /** Runs a tool without the model; its result joins the conversation. */
  call(tool: UsableTool, args: Record<string, unknown>, shown: string): Promise<void> {
    return this.#run({ request: { direct: { serviceId: tool.serviceId, tool: tool.name, arguments: args } }, shown });
  }

  /** Asks the last question again. */
  retry(): Promise<void> {
    const asked = this.view.conversation.messages.findLast((message) => message.role === 'user');
    const turn = this.#turn ?? (asked && { request: { text: asked.text }, shown: asked.text });
    return turn ? this.#run(turn) : Promise.resolve();
  }

  /** Ends the answer being written, here at once and on the server as soon as it hears of it. */
  stop(): void {
    if (!this.isBusy) return;
    const { conversationId } = this.view;
    this.#stream?.abort();
    this.#apply({ type: 'stopped' });
    this.#tellMessage('assistant');
    // That the server could not be told costs nobody anything here: the closed stream tells it too.
    if (conversationId) this.gateway.chat.stop(conversationId).catch(() => undefined);
  }

  newChat(): void {
    this.stop();
    this.#turn = undefined;
    this.#set({ conversation: EMPTY_CONVERSATION, conversationId: undefined });
  }

  async loadHistory(): Promise<void> {
    this.#set({ historyFailure: undefined });
    try {
      this.#set({ history: (await this.gateway.chat.list({ limit: 50 })).items });
    } catch (error) {
      this.#refused(error, (historyFailure) => this.#set({ historyFailure }));
    }
  }

  async openConversation({ id, serviceIds }: StoredConversation): Promise<void> {
    this.newChat();
    try {
      const { items } = await this.gateway.chat.messages(id, { limit: 200 });
      this.#set({ conversationId: id });
      this.#apply({ type: 'opened', messages: items as unknown as StoredMessage[] });
      this.choose(serviceIds);
    } catch (error) {
      this.#refused(error, (historyFailure) => this.#set({ historyFailure }));
    }
  }

  async deleteConversation(id: string): Promise<void> {
    try {
      await this.gateway.chat.remove(id);
      this.#set({ history: this.view.history?.filter((conversation) => conversation.id !== id) });
      if (this.view.conversationId === id) this.newChat();
    } catch (error) {
      this.#refused(error, (historyFailure) => this.#set({ historyFailure }));
    }
  }

  async #run(turn: Turn): Promise<void> {
    if (this.isBusy || this.view.phase !== 'ready') return;
    this.#turn = turn;
    const stream = (this.#stream = new AbortController());
    this.#apply({ type: 'asked', id: `asked-${++this.#count}`, text: turn.shown });
    this.#tellMessage('user');
    try {
      await this.#receive(turn, stream.signal);
      this.#apply({ type: 'ended' });
    } catch (error) {
      if (stream.signal.aborted || isAbort(error)) return;
      this.#refused(error, (failure) => this.#apply({ type: 'failed', failure }));
    } finally {
      if (!stream.signal.aborted) this.#tellMessage('assistant');
    }
  }

  async #receive(turn: Turn, signal: AbortSignal): Promise<void> {
    const { chosen, modelId } = this.view;
    const conversationId = this.view.conversationId ?? (await this.#open());
    signal.throwIfAborted();
    const request = { ...turn.request, serviceIds: [...chosen], ...(turn.request.text ? { modelId } : {}) };
    const { body } = await this.gateway.chat.send(conversationId, request, signal);
    if (!body) return;
    for await (const { data } of readEvents(body)) {
      if (signal.aborted || data === '[DONE]') return;
      const chunk = parseChunk(data);
      if (chunk) this.#apply({ type: 'chunk', chunk, at: this.now() });
    }
    // A stream that was cut reads like one that ended; only the mark tells them apart.
    signal.throwIfAborted();
    throw ApiError.unreachable('the stream ended without its end mark');
  }

  async #open(): Promise<string> {
    const { chosen, modelId } = this.view;
    const { id } = await this.gateway.chat.create({ serviceIds: [...chosen], ...(modelId ? { modelId } : {}) });
    this.#set({ conversationId: id, history: undefined });
    return id;
  }

  #apply(event: ConversationEvent): void {
    const before = callsOf(this.view.conversation);
    this.#set({ conversation: reduce(this.view.conversation, event) });
    if (event.type === 'opened') return;
    for (const call of callsOf(this.view.conversation)) {
      if (before.find(({ toolCallId }) => toolCallId === call.toolCallId)?.state !== call.state) this.#tellCall(call);
    }
  }

  #tellCall({ serviceId, tool, state, callId, durationMs }: ToolCall): void {
    this.onEvent({ type: 'toolcall', detail: { serviceId, tool, state, callId, durationMs } });
  }

  #tellMessage(role: 'user' | 'assistant'): void {
    const { conversation, conversationId } = this.view;
    const last = conversation.messages.at(-1);
    const outcome = role === 'assistant' && last?.role === 'assistant' ? last.outcome : undefined;
    this.onEvent({ type: 'message', detail: { conversationId, role, outcome } });
  }

  /** A refusal for want of a valid token leads to the sign-in card, all else to where it happened. */
  #refused(error: unknown, elsewhere: (failure: FailureFacts) => void): void {
    const failure = factsOf(error);
    const cause = error instanceof ApiError ? error.cause : error;
    if (cause instanceof SignInNeeded || (error instanceof ApiError && error.status === 401)) {
      elsewhere({ ...failure, code: 'auth_required', act: 'sign-in' });
      this.#set({ phase: 'sign-in' });
      this.onEvent({
        type: 'auth-needed',
        detail: { message: cause instanceof Error ? cause.message : failure.message },
      });
      return;
    }
    if (failure.code === 'not_found') this.#set({ conversationId: undefined });
    elsewhere(failure);
    this.onEvent({ type: 'error', detail: { code: failure.code, requestId: failure.requestId } });
  }

  #set(change: Partial<SessionView>): void {
    this.view = { ...this.view, ...change };
    this.onChange();
  }
}

/** The calls of the newest answer. */
function callsOf({ messages }: Conversation): readonly ToolCall[] {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.parts.flatMap((part) => (part.kind === 'call' ? [part.call] : [])) : [];
}

function factsOf(error: unknown): FailureFacts {
  if (!(error instanceof ApiError)) return readFailure(error instanceof Error ? error.message : String(error));
  const { code, message, remedy, requestId, fields } = error;
  return { code, message, remedy, requestId, fields };
}

/** A line of the stream; one that cannot be read is passed over, as a newer server may send more than we know. */
function parseChunk(data: string): StreamChunk | undefined {
  try {
    return JSON.parse(data) as StreamChunk;
  } catch {
    return undefined;
  }
}
