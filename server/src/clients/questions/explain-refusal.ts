import { ProtocolError, type ClientCapabilities } from '@modelcontextprotocol/client';
import { InputRequired, InputUnavailable, LinkRequired, type Counterpart, type LinkElicitation } from '../dialogue.js';
import { declaredFor } from './capabilities.js';
import type { PendingLinks } from './pending-links.js';
import { isElicitationId, isObject, isOpenable } from './question-check.js';

/** `-32021` of 2026-07-28 and `-32042` of 2025-11-25. */
const CAPABILITY_MISSING = -32_021;
const LINK_REQUIRED = -32_042;

/** More than this is no list of capabilities that anybody could offer. */
const REQUIRED_CHARS = 4_096;

export interface RefusedCall {
  readonly service: string;
  readonly counterpart: Counterpart | undefined;
  readonly links: PendingLinks;
  /** What the service asked for in vain during the call. */
  readonly unavailable: InputUnavailable | undefined;
}

/**
 * What a service's refusal of a call comes down to for this caller, where it is about what the caller's client can do or
 * should do first; any other error is given back as it is.
 */
export function explainRefusal(error: unknown, call: RefusedCall): unknown {
  if (!(error instanceof ProtocolError)) return error;
  if (error.code === CAPABILITY_MISSING) return new InputUnavailable(call.service, requiredIn(error.data), error);
  if (error.code === LINK_REQUIRED) return linkRequired(error, call);
  return call.unavailable ?? error;
}

function requiredIn(data: unknown): ClientCapabilities {
  const required = isObject(data) ? data['requiredCapabilities'] : undefined;
  return isObject(required) && JSON.stringify(required).length <= REQUIRED_CHARS ? required : {};
}

/** Addresses that may not be shown make the refusal an ordinary error. */
function linkRequired(error: ProtocolError, { service, counterpart, links }: RefusedCall): unknown {
  const elicitations = linksIn(error.data);
  if (elicitations.length === 0) return error;
  if (counterpart?.takesInputRequired && declaredFor(counterpart).elicitation?.url)
    return new InputRequired(asQuestions(elicitations), undefined);
  if (counterpart) for (const { elicitationId } of elicitations) links.add(elicitationId, counterpart);
  return new LinkRequired(service, elicitations, error);
}

function linksIn(data: unknown): LinkElicitation[] {
  const found = isObject(data) ? data['elicitations'] : undefined;
  return Array.isArray(found) ? found.filter(isLink).slice(0, MOST_LINKS) : [];
}

const MOST_LINKS = 10;

const isLink = (value: unknown): value is LinkElicitation =>
  isObject(value) &&
  value['mode'] === 'url' &&
  isElicitationId(value['elicitationId']) &&
  isOpenable(value['url']) &&
  typeof value['message'] === 'string';

/** As 2026-07-28 asks it; the outcome shows when the call is made again. */
const asQuestions = (elicitations: readonly LinkElicitation[]): InputRequired['inputRequests'] =>
  Object.fromEntries(
    elicitations.map(({ elicitationId, url, message }) => [
      elicitationId,
      { method: 'elicitation/create', params: { mode: 'url', url, message } },
    ]),
  );
