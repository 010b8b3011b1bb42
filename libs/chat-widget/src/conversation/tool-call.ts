import type { CallCard, CallCardState } from '@gatehouse/contracts';

import type { FailureFacts } from './stream-chunk.js';

/** `drafting`: the model is still writing the arguments; the rest is the contract's. */
export type ToolCallState = 'drafting' | CallCardState;

/** One tool call as the conversation shows it: the stream's tool part and the card beside it, made one. */
export interface ToolCall {
  readonly toolCallId: string;
  readonly tool: string;
  readonly title: string;
  readonly state: ToolCallState;
  /** Client clock, ms: elapsed time is shown without trusting that both clocks agree. */
  readonly seenAt: number;
  readonly serviceId?: string;
  readonly serviceName?: string;
  readonly callId?: string;
  readonly input?: unknown;
  /** Arguments as far as the model has written them. */
  readonly inputText: string;
  readonly output?: unknown;
  readonly durationMs?: number;
  readonly cached?: boolean;
  /** The answer was on its way for an equal call. */
  readonly joined?: true;
  /** The service has an app that shows the result. */
  readonly hasApp?: true;
  readonly progress?: CallCard['progress'];
  readonly error?: FailureFacts;
}

export const newToolCall = (toolCallId: string, tool: string, seenAt: number): ToolCall => ({
  toolCallId,
  tool,
  title: tool,
  state: 'drafting',
  seenAt,
  inputText: '',
});

const OPEN_STATES: readonly ToolCallState[] = ['drafting', 'queued', 'running'];

export const isSettled = (call: ToolCall): boolean => !OPEN_STATES.includes(call.state);

/** A tool's own failure is an answer, marked so (MCP: `CallToolResult.isError`). */
export const isFailedResult = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && 'isError' in output && output.isError === true;

/** A result that says it failed is never shown as a success, whatever else was claimed. */
const honest = (call: ToolCall): ToolCall =>
  call.state === 'succeeded' && isFailedResult(call.output) ? { ...call, state: 'failed' } : call;

/** The call with what its card knows. A call that has ended does not run again. */
export function withCard(call: ToolCall, card: CallCard): ToolCall {
  const { startedAt: _, state, ...facts } = card;
  const keepsState = isSettled(call) && OPEN_STATES.includes(state);
  return honest({ ...call, ...facts, state: keepsState ? call.state : state });
}

/** The call with its arguments complete. */
export const withInput = (call: ToolCall, input: unknown): ToolCall => ({
  ...call,
  input,
  state: call.state === 'drafting' ? 'queued' : call.state,
});

/** The call with its result. The card may have said already how it ended; that verdict stands. */
export const withOutput = (call: ToolCall, output: unknown): ToolCall =>
  honest({ ...call, output, state: isSettled(call) ? call.state : 'succeeded' });

export const endCall = (call: ToolCall, state: ToolCallState, error?: FailureFacts): ToolCall =>
  isSettled(call) ? call : { ...call, state, ...(error && !call.error ? { error } : {}) };
