import type { ErrorCode } from './errors.js';

/**
 * Metadata that our server puts beside the AI SDK's UI message stream parts.
 *
 * A tool call travels as the SDK's `dynamic-tool` part; what the card needs on top of it arrives as a `data-call` part
 * with the same `toolCallId` as id, sent again whenever something changes.
 */
export interface CallCard {
  toolCallId: string;
  callId?: string;
  serviceId: string;
  serviceName: string;
  tool: string;
  title: string;
  state: CallCardState;
  /** ISO 8601. */
  startedAt: string;
  durationMs?: number;
  /** The service was not asked: the answer was kept, or on its way for an equal call. */
  cached?: boolean;
  /** It was on its way, and is as new as what the other call got. */
  joined?: true;
  /** The service has an MCP App that shows the result. */
  hasApp?: true;
  /** Progress as the service reported it; `total` may be missing. */
  progress?: { progress: number; total?: number; message?: string };
  error?: CallCardError;
}

export const CALL_CARD_STATES = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'denied',
  'cancelled',
  'timed-out',
] as const;
export type CallCardState = (typeof CALL_CARD_STATES)[number];

export interface CallCardError {
  code: ErrorCode;
  message: string;
  remedy: string;
  /** The one useful thing to do now; absent when there is none. */
  act?: 'retry' | 'choose-another' | 'ask-access' | 'edit-arguments' | 'sign-in';
}

/** Why an answer is incomplete: a `data-error` part of the message. In the stream, an `error` part with the error body follows it. */
export interface TurnError {
  code: ErrorCode;
  message: string;
  remedy: string;
  requestId: string;
}

/** Who ended an answer early: a `data-stopped` part of the message. `disconnected`: the page went away while it was written. */
export interface TurnStop {
  reason: 'stopped' | 'disconnected';
}

/** A tool that the person called by hand, without the model: a `data-direct` part, first in its message. */
export interface DirectAct {
  serviceId: string;
  tool: string;
  arguments: Record<string, unknown>;
}
