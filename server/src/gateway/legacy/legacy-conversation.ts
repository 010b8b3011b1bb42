import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { LinkRequired, type Counterpart } from '../../clients/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { originOf } from '../surface/origin.js';
import { relayedQuestion, type Place } from '../surface/relay.js';

/** Lets the service ask a legacy client on the stream of its request, while the request is open. */
export async function legacyConversation<R>(
  context: CallContext,
  place: Place,
  call: (origin: CallOrigin) => Promise<R>,
): Promise<R> {
  const { counterpart, ...origin } = originOf(context, place.slug);
  try {
    return await call({ ...origin, ...(counterpart && { counterpart: askedAt(place, counterpart) }) });
  } catch (error) {
    throw error instanceof LinkRequired ? linkErrorFor(context, error) : error;
  }
}

/** What a question shows carries the endpoint's addresses, as answers do. */
const askedAt = (place: Place, counterpart: Counterpart): Counterpart => ({
  ...counterpart,
  ask: (question, signal) => counterpart.ask(relayedQuestion(question, place), signal),
});

/** Clients that take elicitation by URL know an error of its own for it; others read the address in the text. */
function linkErrorFor(context: CallContext, error: LinkRequired): Error {
  if (!callerOf(context).legacy?.peer.capabilities.elicitation?.url) return error;
  const { elicitations, message } = error;
  return new ProtocolError(ProtocolErrorCode.UrlElicitationRequired, message, { elicitations });
}
