import { appendMarkdown, blocksText, NO_BLOCKS, type MarkdownBlocks } from '../markdown/markdown-blocks.js';
import { readFailure } from './failure.js';
import type { FailureFacts, StoredMessage, StoredPart, StreamChunk } from './stream-chunk.js';
import { endCall, newToolCall, withCard, withInput, withOutput, type ToolCall } from './tool-call.js';

/** What one conversation shows. Pure: every change is `reduce(state, event)`; no DOM, no clock, no network. */
export interface Conversation {
  readonly messages: readonly Message[];
  /** `waiting`: sent, nothing came back yet. */
  readonly status: 'idle' | 'waiting' | 'streaming';
}

export type Message = UserMessage | AssistantMessage;

export interface UserMessage {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly id: string;
  readonly parts: readonly Part[];
  readonly outcome: 'open' | 'complete' | 'stopped' | 'failed';
  readonly failure?: FailureFacts;
  /** Index of the first part of the current model step. */
  readonly stepStart: number;
}

export type Part = TextPart | CallPart | LinkPart;

export interface TextPart {
  readonly kind: 'text' | 'reasoning';
  readonly id: string;
  readonly blocks: MarkdownBlocks;
  readonly done: boolean;
}

export interface CallPart {
  readonly kind: 'call';
  readonly id: string;
  readonly call: ToolCall;
}

export interface LinkPart {
  readonly kind: 'link';
  readonly id: string;
  readonly url: string;
  readonly title: string;
}

export type ConversationEvent =
  | { type: 'asked'; id: string; text: string }
  | { type: 'chunk'; chunk: StreamChunk; at: number }
  | { type: 'failed'; failure: FailureFacts }
  | { type: 'stopped' }
  /** The stream closed; what is still open will not be answered any more. */
  | { type: 'ended' }
  | { type: 'opened'; messages: readonly StoredMessage[] };

export const EMPTY_CONVERSATION: Conversation = { messages: [], status: 'idle' };

/** The plain text of an answer, as it is copied. */
export const answerText = (message: AssistantMessage): string =>
  message.parts
    .map((part) => (part.kind === 'text' ? blocksText(part.blocks) : ''))
    .join('\n\n')
    .trim();

export function reduce(state: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return {
        status: 'waiting',
        messages: [...state.messages, asUser(event.id, event.text), emptyAnswer(`${event.id}-answer`)],
      };
    case 'chunk':
      return onAnswer(state, 'streaming', (answer) => applyChunk(answer, event.chunk, event.at));
    case 'failed':
      return onAnswer(state, 'idle', (answer) => fail(answer, event.failure));
    case 'stopped':
      return onAnswer(state, 'idle', (answer) => close(answer, 'stopped'));
    case 'ended':
      return onAnswer(state, 'idle', (answer) => close(answer, 'complete'));
    case 'opened':
      return { status: 'idle', messages: event.messages.map(fromStore).filter(isSaid) };
  }
}

const asUser = (id: string, text: string): UserMessage => ({ role: 'user', id, text });

const emptyAnswer = (id: string): AssistantMessage => ({
  role: 'assistant',
  id,
  parts: [],
  outcome: 'open',
  stepStart: 0,
});

/** Changes the answer being written; without one, nothing is left to change. */
function onAnswer(
  state: Conversation,
  status: Conversation['status'],
  change: (answer: AssistantMessage) => AssistantMessage,
): Conversation {
  const answer = state.messages.at(-1);
  if (answer?.role !== 'assistant' || answer.outcome !== 'open') return state;
  return { status, messages: [...state.messages.slice(0, -1), change(answer)] };
}

function applyChunk(answer: AssistantMessage, chunk: StreamChunk, at: number): AssistantMessage {
  switch (chunk.type) {
    case 'start':
      return chunk.messageId ? { ...answer, id: chunk.messageId } : answer;
    case 'start-step':
      return { ...answer, stepStart: answer.parts.length };
    case 'reset-step':
      return { ...answer, parts: answer.parts.slice(0, answer.stepStart) };
    case 'text-start':
    case 'reasoning-start':
      return addPart(answer, {
        kind: kindOf(chunk.type),
        id: partId(answer, chunk.id),
        blocks: NO_BLOCKS,
        done: false,
      });
    case 'text-delta':
    case 'reasoning-delta':
      return appendText(answer, kindOf(chunk.type), chunk.delta);
    case 'text-end':
    case 'reasoning-end':
      return { ...answer, parts: answer.parts.map((part) => sealText(part, kindOf(chunk.type))) };
    case 'source-url':
      return addPart(answer, { kind: 'link', id: chunk.sourceId, url: chunk.url, title: chunk.title ?? chunk.url });
    case 'file':
      return addPart(answer, { kind: 'link', id: chunk.url, url: chunk.url, title: chunk.mediaType });
    case 'error':
      return { ...answer, failure: readFailure(chunk.errorText) };
    case 'data-error':
      return { ...answer, failure: chunk.data };
    case 'abort':
    case 'data-stopped':
      return close(answer, 'stopped');
    default:
      return applyToolChunk(answer, chunk, at);
  }
}

function applyToolChunk(answer: AssistantMessage, chunk: StreamChunk, at: number): AssistantMessage {
  switch (chunk.type) {
    case 'tool-input-start':
      return onCall(answer, chunk, at, (call) => call);
    case 'tool-input-delta':
      return onCall(answer, chunk, at, (call) => ({ ...call, inputText: call.inputText + chunk.inputTextDelta }));
    case 'tool-input-available':
      return onCall(answer, chunk, at, (call) => withInput(call, chunk.input));
    case 'tool-input-error':
      return onCall(answer, chunk, at, (call) =>
        endCall(withInput(call, chunk.input), 'failed', readFailure(chunk.errorText)),
      );
    case 'tool-output-available':
      return chunk.preliminary ? answer : onCall(answer, chunk, at, (call) => withOutput(call, chunk.output));
    case 'tool-output-error':
      return onCall(answer, chunk, at, (call) => endCall(call, 'failed', readFailure(chunk.errorText)));
    case 'tool-output-denied':
      return onCall(answer, chunk, at, (call) => endCall(call, 'denied'));
    case 'data-call':
      return onCall(answer, chunk.data, at, (call) => withCard(call, chunk.data));
    default:
      // Chunk types of later protocol versions carry nothing that this widget shows.
      return answer;
  }
}

const kindOf = (type: string): TextPart['kind'] => (type.startsWith('text') ? 'text' : 'reasoning');

/** Providers number the text parts of each step from the beginning again. */
const partId = (answer: AssistantMessage, id: string): string => `${answer.parts.length}:${id}`;

const addPart = (answer: AssistantMessage, part: Part): AssistantMessage => ({
  ...answer,
  parts: [...answer.parts, part],
});

const replacePart = (answer: AssistantMessage, index: number, part: Part): AssistantMessage => ({
  ...answer,
  parts: answer.parts.with(index, part),
});

function appendText(answer: AssistantMessage, kind: TextPart['kind'], delta: string): AssistantMessage {
  const index = answer.parts.findLastIndex((part) => part.kind === kind && !part.done);
  const part = answer.parts[index];
  if (part?.kind !== kind) return answer;
  return replacePart(answer, index, { ...part, blocks: appendMarkdown(part.blocks, delta) });
}

const sealText = (part: Part, kind?: TextPart['kind']): Part =>
  (part.kind === 'text' || part.kind === 'reasoning') && (!kind || part.kind === kind) ? { ...part, done: true } : part;

interface CallKey {
  toolCallId: string;
  toolName?: string;
  tool?: string;
  title?: string;
}

/** Changes a call, made new when this is the first we hear of it: card and tool part come in either order. */
function onCall(
  answer: AssistantMessage,
  key: CallKey,
  at: number,
  change: (call: ToolCall) => ToolCall,
): AssistantMessage {
  const index = answer.parts.findIndex((part) => part.kind === 'call' && part.call.toolCallId === key.toolCallId);
  const part = answer.parts[index];
  const known = part?.kind === 'call' ? part.call : newToolCall(key.toolCallId, key.tool ?? key.toolName ?? '', at);
  const call = change(key.title ? { ...known, title: key.title } : known);
  const changed: CallPart = { kind: 'call', id: key.toolCallId, call };
  return index < 0 ? addPart(answer, changed) : replacePart(answer, index, changed);
}

function fail(answer: AssistantMessage, failure: FailureFacts): AssistantMessage {
  return { ...close(answer, 'complete'), outcome: 'failed', failure };
}

/** Ends an answer and whatever in it is still open. An error that was announced before makes it a failure. */
function close(answer: AssistantMessage, outcome: 'complete' | 'stopped'): AssistantMessage {
  const parts = answer.parts.map((part) =>
    part.kind === 'call' ? { ...part, call: endCall(part.call, 'cancelled') } : sealText(part),
  );
  return { ...answer, parts, outcome: answer.failure ? 'failed' : outcome };
}

/** A tool that was run by hand has no question before it. */
const isSaid = (message: Message): boolean => message.role === 'assistant' || message.text !== '';

function fromStore(message: StoredMessage): Message {
  if (message.role === 'user') {
    return asUser(
      message.id,
      message.parts
        .map((part) => (part.type === 'text' ? part.text : ''))
        .join('\n')
        .trim(),
    );
  }
  const answer = message.parts.reduce(applyStored, emptyAnswer(message.id));
  return close(answer, answer.outcome === 'stopped' ? 'stopped' : 'complete');
}

function applyStored(answer: AssistantMessage, part: StoredPart): AssistantMessage {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return addPart(answer, {
        kind: part.type,
        id: partId(answer, ''),
        blocks: appendMarkdown(NO_BLOCKS, part.text),
        done: true,
      });
    case 'dynamic-tool':
      return onCall(answer, part, 0, (call) => storedCall(call, part));
    case 'data-call':
      return onCall(answer, part.data, 0, (call) => withCard(call, part.data));
    case 'data-error':
      return { ...answer, failure: part.data };
    case 'data-stopped':
      return { ...answer, outcome: 'stopped' };
    default:
      return answer;
  }
}

function storedCall(call: ToolCall, part: Extract<StoredPart, { type: 'dynamic-tool' }>): ToolCall {
  const asked = withInput(call, part.input);
  if (part.state === 'output-available') return withOutput(asked, part.output);
  if (part.state === 'output-error') return endCall(asked, 'failed', readFailure(part.errorText ?? ''));
  return part.state === 'output-denied' ? endCall(asked, 'denied') : asked;
}
