import type { Conversation as StoredConversation, Http, UsableTool } from '@gatehouse/api-client';

import type { AssistantMessage } from '../conversation/conversation.js';
import type { FailureAct, FailureFacts } from '../conversation/stream-chunk.js';
import type { ToolCall } from '../conversation/tool-call.js';
import type { SessionView } from '../session/chat-session.js';
import type { Dictionary, Language } from '../text/dictionary.js';
import type { Draft, Field } from '../tools/schema-form.js';

export type Panel = 'services' | 'tools' | 'history';

/** A tool whose form is open. */
export interface OpenForm {
  readonly tool: UsableTool;
  readonly field: Field;
  readonly draft: Draft;
  /** Sentences by field path. */
  readonly problems: Readonly<Record<string, string>>;
}

/** What the person has opened and typed. Replaced as a whole at every change. */
export interface Ui {
  readonly panel: Panel | undefined;
  readonly query: string;
  /** Services that the server found for the query, besides those found here. */
  readonly found: readonly string[];
  /** Index of the highlighted option. */
  readonly active: number;
  readonly form: OpenForm | undefined;
  /** Tool calls whose details are open. */
  readonly unfolded: ReadonlySet<string>;
  readonly isAtEnd: boolean;
  /** Conversation that is about to be deleted, if the person confirms. */
  readonly condemned: string | undefined;
  /** What was copied last, by its key, to say so on the spot. */
  readonly copied: string | undefined;
}

export const CLOSED_UI: Ui = {
  panel: undefined,
  query: '',
  found: [],
  active: 0,
  form: undefined,
  unfolded: new Set(),
  isAtEnd: true,
  condemned: undefined,
  copied: undefined,
};

/** Where a failure happened: the act on it depends on that. */
export interface FailurePlace {
  readonly failure: FailureFacts;
  readonly call?: ToolCall;
  /** The conversation has gone on since: there is nothing to do about it any more. */
  readonly isPast?: boolean;
}

/** What a person can do. The views call these and change nothing themselves. */
export interface Acts {
  close(): void;
  connect(): void;
  switchLanguage(): void;
  newChat(): void;
  show(panel: Panel | undefined): void;
  search(query: string): void;
  highlight(index: number): void;
  toggleService(id: string): void;
  useModel(id: string): void;
  openTool(tool: UsableTool, args?: unknown): void;
  closeTool(): void;
  fill(path: string, typed: string): void;
  runTool(): void;
  submit(): void;
  /** Sends what an app has to say, in the person's name and after they agreed. */
  say(text: string): void;
  /** Puts a text where the person writes. */
  suggest(text: string): void;
  stop(): void;
  retry(): void;
  toEnd(): void;
  copyAnswer(message: AssistantMessage): void;
  unfold(callId: string, isOpen: boolean): void;
  answerFailure(act: FailureAct, place: FailurePlace): void;
  openConversation(conversation: StoredConversation): void;
  condemn(conversationId: string | undefined): void;
  deleteConversation(conversationId: string): void;
}

export interface ViewContext {
  readonly words: Dictionary;
  readonly language: Language;
  readonly session: SessionView;
  readonly ui: Ui;
  readonly acts: Acts;
  /** For apps, which ask the gateway for more than the views do. */
  readonly http: Http;
  /** Client clock, ms. */
  readonly now: number;
  readonly isDev: boolean;
}

/** Without a model a person runs the tools. */
export const isDirect = ({ session }: ViewContext): boolean => session.phase === 'ready' && session.models.length === 0;
