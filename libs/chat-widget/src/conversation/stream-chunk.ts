import type { CallCard, TurnStop } from '@gatehouse/contracts';
import type { UIMessageChunk } from 'ai';

/** One chunk of the AI SDK's UI message stream, with the data parts that Gatehouse adds. */
export type StreamChunk = UIMessageChunk<unknown, { call: CallCard; error: FailureFacts; stopped: TurnStop }>;

/** What can be known of a failure: from an error body, a `data-error` part, or a call card. */
export interface FailureFacts {
  code: string;
  message: string;
  remedy: string;
  requestId?: string;
  fields?: readonly { path: string; message: string }[];
  act?: FailureAct;
}

export type FailureAct = 'retry' | 'choose-another' | 'ask-access' | 'edit-arguments' | 'sign-in';

/** A part of a stored message, as `GET /api/chat/conversations/{id}/messages` returns it. */
export type StoredPart =
  | { type: 'text' | 'reasoning'; text: string }
  | {
      type: 'dynamic-tool';
      toolCallId: string;
      toolName: string;
      title?: string;
      state: string;
      input?: unknown;
      output?: unknown;
      errorText?: string;
    }
  | { type: 'data-call'; data: CallCard }
  | { type: 'data-error'; data: FailureFacts }
  | { type: 'data-stopped'; data: TurnStop };

export interface StoredMessage {
  id: string;
  role: 'user' | 'assistant';
  parts: readonly StoredPart[];
}
