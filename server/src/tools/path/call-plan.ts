import type { Door } from '@gatehouse/contracts';
import type { AccessAction, AccessObject, Passage, Principal } from '../../auth/index.js';
import type { ForeignObject, ServiceDefinition } from '../../services/index.js';
import type { AppError } from '../../platform/index.js';
import type { Standing } from '../../limits/index.js';
import type { AnswerSource } from '../cache/answer-source.js';
import type { Keeping } from '../cache/keeping.js';
import type { Continuation, Counterpart, Deadline, Frame, Progress } from '../../clients/index.js';

/** Longest name that a record can hold. */
export const MAX_LABEL_LENGTH = 256;

/** What every door knows of a call: who asks, where they came in, how long they wait and what they want to hear meanwhile. */
export interface CallOrigin {
  readonly principal: Principal;
  readonly door: Door;
  /** Where the caller is, for a call that does not run within their request; null: nobody knows. */
  readonly address?: string | null;
  readonly chatId?: string;
  /** Absent: what the service is set to. Never more than ten minutes, or an hour for a call that is `longRunning`. */
  readonly timeoutMs?: number;
  /** The endpoint of a profile, when they came in there; its grants then decide. */
  readonly via?: Passage;
  /** Aborted when the caller goes away. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears how near they are to the limit that they will meet first; also when the call is refused. */
  readonly onStanding?: (standing: Standing) => void;
  /** Sees every raw message between us and the service. */
  readonly onFrame?: (frame: Frame) => void;
  /** Who can be asked while the call runs. */
  readonly counterpart?: Counterpart;
  /** The caller's own `_meta`, without keys that describe its hop. */
  readonly meta?: ForeignObject;
  /** The call goes on where a modern service asked for input. */
  readonly continuation?: Continuation;
  /** The caller does not wait on a connection for it: up to an hour, unless the service is set to less. */
  readonly longRunning?: boolean;
  /** Whether a modern service may run it as a task (the answer is waited for here); absent: it may. */
  readonly mayBeTask?: boolean;
  /** The service runs it as a task; its answer will take a while. */
  readonly onTask?: () => void;
}

/** What the last hop gets to send a call. */
export interface Dispatch {
  /** Whose account it goes with, where everybody has their own; nobody's for whoever acts as somebody else. */
  readonly userId?: string;
  readonly timeoutMs: number;
  /** The same, as it runs: it stands still while somebody is asked. */
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFrame?: (frame: Frame) => void;
  readonly counterpart?: Counterpart;
  readonly meta?: ForeignObject;
  readonly continuation?: Continuation;
  readonly mayBeTask?: boolean;
  readonly onTask?: () => void;
}

/**
 * One call, resolved and ready for the path: a tool call, the reading of a resource, or the getting of a prompt.
 *
 * The path decides the order; a plan only says what each step means for this kind of call.
 */
export interface CallPlan<T> {
  readonly origin: CallOrigin;
  readonly service: ServiceDefinition;
  /** How the record names it. */
  readonly label: string;
  readonly arguments: unknown;
  readonly action: AccessAction;
  readonly object: AccessObject;
  /** Whether the service offers it at all. */
  readonly exists: boolean;
  /** Why it is not offered to anybody although the service offers it; for the record alone. */
  readonly withheld?: string;
  /** What somebody is told who may not know of it; the same as when it does not exist. */
  hidden(): AppError;
  /** Refuses what policy wants a person to approve first. */
  approve?(): void;
  /** Refuses arguments that do not fit, before anything is sent. */
  validate?(): Promise<void>;
  send(dispatch: Dispatch): Promise<T>;
  /** How its answer may be kept and given again; absent: every call goes to the service. */
  readonly keeping?: Keeping<T> | undefined;
  /** Refuses an answer that is not what the service promised; absent: it promised nothing. */
  judge?(answer: T): Promise<void>;
  /** Whether the answer says that the work failed on the service's side. */
  isFailure?(answer: T): boolean;
}

/** How a call ended well. A failure on the service's side is an answer too. */
export interface Answered<T> extends AnswerSource {
  readonly callId: string;
  readonly answer: T;
  readonly durationMs: number;
  readonly timing: CallTiming;
}

export interface CallTiming {
  /** Everything before the intent was recorded. */
  readonly admissionMs: number;
  readonly upstreamMs: number;
}
