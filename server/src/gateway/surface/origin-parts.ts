import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallOrigin } from '../../tools/index.js';

const HOP_META = 'io.modelcontextprotocol/';

/** Progress is relayed when the client gave a token for it, on the stream of its request. */
export function progressRelay(context: ServerContext): Pick<CallOrigin, 'onProgress'> {
  const { _meta, notify } = context.mcpReq;
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return {};
  return {
    // A client that is gone hears nothing; its call is being cancelled anyway.
    onProgress: (progress) =>
      void notify({ method: 'notifications/progress', params: { ...progress, progressToken } }).catch(() => undefined),
  };
}

/** The client's own `_meta`, without what describes its hop. */
export function callerMeta(context: ServerContext): Pick<CallOrigin, 'meta'> {
  const own = Object.entries(context.mcpReq._meta ?? {}).filter(
    ([key]) => key !== 'progressToken' && !key.startsWith(HOP_META),
  );
  return own.length === 0 ? {} : { meta: Object.fromEntries(own) };
}
