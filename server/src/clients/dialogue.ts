import type { ClientCapabilities, LoggingLevel } from '@modelcontextprotocol/client';
import { AppError } from '../platform/index.js';
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
  /** Hears that what an elicitation by URL was about is done; perhaps after the call. Only for ids that it was asked with. */
  readonly onElicitationComplete?: (elicitationId: string) => void;
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

/**
 * The service needs something of its caller that the caller cannot do, and the call ended for want of it.
 *
 * `requiredCapabilities` is as a modern client is told with `-32021`.
 */
export class InputUnavailable extends AppError {
  constructor(
    service: string,
    readonly requiredCapabilities: ClientCapabilities,
    cause?: unknown,
  ) {
    super('input_unavailable', { details: { service, capability: namesOf(requiredCapabilities) || '?' }, cause });
  }
}

/** One address that a service wants a person to open, as 2025-11-25 writes it. The URL was checked, and is never fetched here. */
export interface LinkElicitation {
  readonly mode: 'url';
  readonly elicitationId: string;
  readonly url: string;
  readonly message: string;
}

/**
 * A legacy service did nothing because a person must open an address first (`-32042` of 2025-11-25). Clients that take
 * elicitation by URL get it with `data.elicitations`; for others the text says the address.
 */
export class LinkRequired extends AppError {
  constructor(
    service: string,
    readonly elicitations: readonly LinkElicitation[],
    cause?: unknown,
  ) {
    super('link_required', { details: { service, url: elicitations.map(({ url }) => url).join(' · ') }, cause });
  }
}

/** `elicitation.url, sampling`: the names of a set of capabilities, one level deep. */
const namesOf = (capabilities: ClientCapabilities): string =>
  Object.entries(capabilities)
    .flatMap(([name, parts]) => {
      const named = Object.keys(parts ?? {});
      return named.length > 0 ? named.map((part) => `${name}.${part}`) : [name];
    })
    .join(', ');
