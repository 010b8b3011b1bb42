import { CLIENT_CAPABILITIES_META_KEY, type Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import type { DirectCall } from './direct-call.js';

/** The client behind a direct call, as far as it can be talked to while the call runs. */
type Line = Pick<CallContext['mcpReq'], 'send' | 'notify'>;

/**
 * A direct call as its handlers see it.
 *
 * @param caller whose `gone` ends the call
 * @param server of a legacy session; what the call says and asks goes through it, on the stream of the call
 */
export function directContext(
  { id, params, era }: Pick<DirectCall, 'id' | 'era'> & { params: Pick<DirectCall['params'], '_meta'> },
  caller: McpCaller,
  server?: Server,
): CallContext {
  const { _meta } = params;
  const line = server ? lineOf(server, id) : MUTE;
  return {
    mcpReq: {
      id,
      _meta,
      ...(era === 'modern' && { envelope: envelopeIn(_meta) }),
      signal: caller.gone,
      requestState: NO_STATE,
      ...line,
    },
    http: { authInfo: authInfoOf(caller) },
  };
}

/** The SDK's own type of the envelope has other keys than the wire. */
const envelopeIn = (meta: DirectCall['params']['_meta']): CallContext['mcpReq']['envelope'] => ({
  [CLIENT_CAPABILITIES_META_KEY]: meta?.[CLIENT_CAPABILITIES_META_KEY],
});

const NO_STATE: CallContext['mcpReq']['requestState'] = () => undefined;

function lineOf(server: Server, relatedRequestId: DirectCall['id']): Line {
  const send = (
    request: Parameters<Line['send']>[0],
    schema: Parameters<Server['request']>[1],
    options: Parameters<Line['send']>[2],
  ): Promise<unknown> => server.request(request, schema, { ...options, relatedRequestId });
  return {
    send: send as Line['send'],
    notify: (notification) => server.notification(notification, { relatedRequestId }),
  };
}

/** Since 2026-07-28 nothing can be asked of a client while its request is open, and this one wants to hear nothing. */
const MUTE: Line = {
  send: () => Promise.reject(new Error('A client of this revision cannot be asked while its request is open.')),
  notify: () => Promise.resolve(),
};
