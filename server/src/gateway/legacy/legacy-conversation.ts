import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { LinkRequired } from '../../clients/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { originOf } from '../surface/origin.js';

/** Lets the service ask a legacy client on the stream of its request, while the request is open. */
export async function legacyConversation<R>(
  context: ServerContext,
  slug: string,
  call: (origin: CallOrigin) => Promise<R>,
): Promise<R> {
  try {
    return await call(originOf(context, slug));
  } catch (error) {
    throw error instanceof LinkRequired ? linkErrorFor(context, error) : error;
  }
}

/** Clients that take elicitation by URL know an error of its own for it; others read the address in the text. */
function linkErrorFor(context: ServerContext, error: LinkRequired): Error {
  if (!callerOf(context).legacy?.peer.capabilities.elicitation?.url) return error;
  const { elicitations, message } = error;
  return new ProtocolError(ProtocolErrorCode.UrlElicitationRequired, message, { elicitations });
}
