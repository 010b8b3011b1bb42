import type { ServerContext } from '@modelcontextprotocol/server';
import type { LogMessage } from '../../clients/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';

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

/**
 * Log messages of a service, on the stream of the request that they belong to. Where an endpoint has many services, the
 * logger's name says whose it is.
 */
export function logRelay(context: ServerContext, slug: string | undefined): (message: LogMessage) => void {
  const isOnlyOne = callerOf(context).catalogue.key === `s/${slug}`;
  return ({ level, logger, data }) => {
    const name = isOnlyOne || slug === undefined ? logger : [slug, ...(logger ? [logger] : [])].join('/');
    const params = { level, data, ...(name !== undefined && { logger: name }) };
    // As with progress.
    context.mcpReq.notify({ method: 'notifications/message', params }).catch(() => undefined);
  };
}
