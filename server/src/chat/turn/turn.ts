import type { DynamicToolUIPart } from 'ai';
import type { DataPart, StoredPart, TurnChunk } from './parts.js';

/**
 * One answer while it comes into being: the parts that will be stored, in the order they began.
 *
 * Pure: `applyChunk` takes what was sent to the person and gives the next state, so that what is stored is what was seen.
 */
export interface Turn {
  readonly parts: readonly StoredPart[];
  /** Index of the open text or reasoning part, by the stream's id for it. */
  readonly open: Readonly<Record<string, number>>;
  /** Where the current model step began. */
  readonly stepStart: number;
}

export const NEW_TURN: Turn = { parts: [], open: {}, stepStart: 0 };

/**
 * Whether a chunk tells of a call what is already behind it. The model's stream runs after the calls that it started, so
 * an answer may be here before the arguments have finished arriving.
 */
export function isStale(turn: Turn, chunk: TurnChunk): boolean {
  switch (chunk.type) {
    case 'tool-input-start':
    case 'tool-input-delta':
    case 'tool-input-available':
    case 'tool-input-error': {
      const state = callIn(turn, chunk.toolCallId)?.state;
      return state !== undefined && state !== 'input-streaming';
    }
    case 'tool-output-available':
    case 'tool-output-error': {
      const call = callIn(turn, chunk.toolCallId);
      return call === undefined || !isOpen(call);
    }
    default:
      return false;
  }
}

export function applyChunk(turn: Turn, chunk: TurnChunk): Turn {
  switch (chunk.type) {
    case 'start-step':
      return { parts: [...turn.parts, { type: 'step-start' }], stepStart: turn.parts.length + 1, open: {} };
    case 'reset-step':
      return { ...turn, parts: turn.parts.slice(0, turn.stepStart), open: {} };
    case 'text-start':
      return begin(turn, `text:${chunk.id}`, { type: 'text', text: '' });
    case 'text-delta':
      return extend(turn, `text:${chunk.id}`, chunk.delta);
    case 'reasoning-start':
      return begin(turn, `reasoning:${chunk.id}`, { type: 'reasoning', text: '' });
    case 'reasoning-delta':
      return extend(turn, `reasoning:${chunk.id}`, chunk.delta);
    case 'data-call':
    case 'data-direct':
    case 'data-error':
    case 'data-stopped':
      return withData(turn, { type: chunk.type, data: chunk.data, ...(chunk.id && { id: chunk.id }) } as DataPart);
    default:
      return applyToolChunk(turn, chunk);
  }
}

/** The calls that were asked for and have no end. */
export const openCalls = (turn: Turn): DynamicToolUIPart[] =>
  turn.parts.filter((part) => part.type === 'dynamic-tool').filter((call) => call.state === 'input-available');

/** What is stored: without texts that stayed empty, and without calls whose arguments never became complete. */
export const finishedParts = (turn: Turn): StoredPart[] =>
  turn.parts.filter((part) => {
    if (part.type === 'dynamic-tool') return part.state !== 'input-streaming';
    return !('text' in part) || part.text.trim() !== '';
  });

function applyToolChunk(turn: Turn, chunk: TurnChunk): Turn {
  switch (chunk.type) {
    case 'tool-input-start':
      return withCall(turn, { ...callOf(chunk), state: 'input-streaming', input: undefined });
    case 'tool-input-available':
      return withCall(turn, { ...callOf(chunk), state: 'input-available', input: chunk.input });
    case 'tool-input-error':
      return withCall(turn, {
        ...callOf(chunk),
        state: 'output-error',
        input: chunk.input,
        errorText: chunk.errorText,
      });
    case 'tool-output-available':
      if (chunk.preliminary) return turn;
      return endCall(turn, chunk.toolCallId, (call) => ({ ...call, state: 'output-available', output: chunk.output }));
    case 'tool-output-error':
      return endCall(turn, chunk.toolCallId, (call) => ({
        ...call,
        state: 'output-error',
        errorText: chunk.errorText,
      }));
    default:
      // The rest steers the stream and leaves nothing behind in the message.
      return turn;
  }
}

function begin(turn: Turn, key: string, part: StoredPart): Turn {
  return { ...turn, parts: [...turn.parts, part], open: { ...turn.open, [key]: turn.parts.length } };
}

function extend(turn: Turn, key: string, delta: string): Turn {
  const index = turn.open[key];
  const part = index === undefined ? undefined : turn.parts[index];
  if (index === undefined || !part || !('text' in part)) return turn;
  return { ...turn, parts: turn.parts.with(index, { ...part, text: part.text + delta }) };
}

/** A data part with an id replaces the one with the same id; that is how a card is updated. */
function withData(turn: Turn, part: DataPart): Turn {
  const index = turn.parts.findIndex(
    (each) => each.type === part.type && part.id !== undefined && 'id' in each && each.id === part.id,
  );
  return { ...turn, parts: index < 0 ? [...turn.parts, part] : turn.parts.with(index, part) };
}

const callOf = ({ toolCallId, toolName, title }: { toolCallId: string; toolName: string; title?: string }) => ({
  type: 'dynamic-tool' as const,
  toolCallId,
  toolName,
  ...(title !== undefined && { title }),
});

function withCall(turn: Turn, call: DynamicToolUIPart): Turn {
  const index = turn.parts.findIndex((part) => part.type === 'dynamic-tool' && part.toolCallId === call.toolCallId);
  return { ...turn, parts: index < 0 ? [...turn.parts, call] : turn.parts.with(index, call) };
}

function endCall(turn: Turn, toolCallId: string, end: (call: CallFacts) => DynamicToolUIPart): Turn {
  const call = callIn(turn, toolCallId);
  if (!call) return turn;
  const { type, toolName, title, input } = call;
  return withCall(turn, end({ type, toolCallId, toolName, input, ...(title !== undefined && { title }) }));
}

type CallFacts = Pick<DynamicToolUIPart, 'type' | 'toolCallId' | 'toolName' | 'title'> & { input: unknown };

const callIn = (turn: Turn, toolCallId: string): DynamicToolUIPart | undefined =>
  turn.parts.filter((part) => part.type === 'dynamic-tool').find((part) => part.toolCallId === toolCallId);

const isOpen = (call: DynamicToolUIPart): boolean =>
  call.state === 'input-streaming' || call.state === 'input-available';
