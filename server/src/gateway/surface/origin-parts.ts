import type { CallContext } from '../call-context.js';
import { withoutHopMeta, type LogMessage } from '../../clients/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';

/** Progress is relayed when the client gave a token for it, on the stream of its request. */
export function progressRelay(context: CallContext): Pick<CallOrigin, 'onProgress'> {
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
export function callerMeta(context: CallContext): Pick<CallOrigin, 'meta'> {
  const { _meta } = context.mcpReq;
  if (!_meta) return {};
  const meta = withoutHopMeta(_meta);
  return Object.keys(meta).length === 0 ? {} : { meta };
}

/**
 * Log messages of a service, on the stream of the request that they belong to. Where an endpoint has many services, the
 * logger's name says whose it is.
 */
export function logRelay(context: CallContext, slug: string | undefined): (message: LogMessage) => void {
  const isOnlyOne = callerOf(context).catalogue.key === `s/${slug}`;
  return ({ level, logger, data }) => {
    const name = isOnlyOne || slug === undefined ? logger : [slug, ...(logger ? [logger] : [])].join('/');
    const params = { level, data, ...(name !== undefined && { logger: name }) };
    // As with progress.
    context.mcpReq.notify({ method: 'notifications/message', params }).catch(() => undefined);
  };
}

/** Fires with whichever fires first. Often they are one. */
export const eitherOf = (one: AbortSignal, other: AbortSignal): AbortSignal =>
  one === other ? one : AbortSignal.any([one, other]);
