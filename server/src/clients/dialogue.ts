import type { ClientCapabilities, LoggingLevel } from '@modelcontextprotocol/client';
import type { ForeignObject } from '../services/index.js';

/** What a service may ask of the client in the middle of a request. Result shapes are those of MCP, per method. */
export interface Question {
  readonly method: 'elicitation/create' | 'sampling/createMessage' | 'roots/list';
  readonly params: ForeignObject;
}

/** A log message of a service (`notifications/message`). Foreign text. */
export interface LogMessage {
  readonly level: LoggingLevel;
  readonly logger?: string;
  readonly data: unknown;
}

/**
 * The MCP client on whose behalf a request is sent, as far as it can be talked to while the request runs.
 *
 * Whatever it did not declare in `capabilities` is never asked of it.
 */
export interface Counterpart {
  readonly capabilities: ClientCapabilities;
  /**
   * Puts one question to the client. The time it takes does not count against the deadline of the call, but has one of its own.
   *
   * @returns the bare result, as MCP defines it for the method
   * @throws {AppError} it refuses, is gone, or did not answer in time
   */
  ask(question: Question, signal: AbortSignal): Promise<ForeignObject>;
  /** Hears the service's log messages that belong to this request, filtered by `logLevel`. */
  readonly onLog?: (message: LogMessage) => void;
  /** Least level it wants to hear; absent: no log messages at all. */
  readonly logLevel?: LoggingLevel;
  /**
   * A client of 2026-07-28 takes a modern service's questions as an answer (`InputRequired` is thrown), and comes back with
   * a `Continuation`. For others the questions of a modern service are put by `ask`, and the request is sent again here.
   */
  readonly takesInputRequired: boolean;
}

/** What a client of 2026-07-28 brings when it comes back to a modern service's questions. */
export interface Continuation {
  readonly inputResponses?: ForeignObject;
  /** The service's own state, byte for byte. */
  readonly requestState?: string;
}

/**
 * A modern service needs answers before it can go on. It has done nothing that could not be asked for again; thrown only to
 * callers whose counterpart `takesInputRequired`.
 *
 * Source: MCP 2026-07-28, basic/patterns/mrtr (SEP-2322).
 */
export class InputRequired extends Error {
  override readonly name = 'InputRequired';

  constructor(
    /** By the service's own keys. */
    readonly inputRequests: Readonly<Record<string, Question>>,
    /** The service's own state; must reach the client sealed only. */
    readonly requestState: string | undefined,
  ) {
    super('The service needs more input.');
  }
}
