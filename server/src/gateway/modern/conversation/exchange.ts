import {
  CLIENT_CAPABILITIES_META_KEY,
  LOG_LEVEL_META_KEY,
  type ClientCapabilities,
  type LoggingLevel,
} from '@modelcontextprotocol/server';
import type { CallContext } from '../../call-context.js';
import type { LogMessage } from '../../../clients/index.js';
import type { CallOrigin } from '../../../tools/index.js';
import { isAtLeast } from '../../surface/log-levels.js';
import { logRelay } from '../../surface/origin-parts.js';

/** One request of a modern client while it is open: what can be said on its stream, and when the client is gone. */
export interface Exchange {
  /** Aborted when the client cancels, or is gone. */
  readonly signal?: AbortSignal;
  /** What the client declared with this request. */
  readonly capabilities: ClientCapabilities;
  readonly onProgress?: CallOrigin['onProgress'];
  readonly logLevel?: LoggingLevel;
  log(message: LogMessage): void;
}

/** The SDK has checked it; its own type of it has other keys. */
interface Envelope {
  readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
  readonly [LOG_LEVEL_META_KEY]?: LoggingLevel;
}

/** Log messages go to a client that named a level for this very request, and only from that level on. */
export function exchangeOf(context: CallContext, slug: string, { signal, onProgress }: CallOrigin): Exchange {
  const envelope: Envelope | undefined = context.mcpReq.envelope;
  const logLevel = envelope?.[LOG_LEVEL_META_KEY];
  const relay = logRelay(context, slug);
  return {
    capabilities: envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? {},
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
    ...(logLevel && { logLevel }),
    log: (message) => {
      if (logLevel && isAtLeast(message.level, logLevel)) relay(message);
    },
  };
}
