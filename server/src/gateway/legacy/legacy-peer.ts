import type { ClientCapabilities, LoggingLevel, Server } from '@modelcontextprotocol/server';

/** The revision that brought elicitation by URL. */
const URL_MODE_SINCE = '2025-11-25';
/** What a client hears that never said what it wants to hear. */
const DEFAULT_LOG_LEVEL: LoggingLevel = 'info';

/** The legacy client of one session: what it said of itself at the start, and what it wants to hear since. */
export class LegacyPeer {
  logLevel: LoggingLevel = DEFAULT_LOG_LEVEL;

  constructor(private readonly server: Server) {}

  /** Only what its revision knows: a service that asks for more is refused as the revision demands. */
  get capabilities(): ClientCapabilities {
    const declared = this.server.getClientCapabilities() ?? {};
    if (!declared.elicitation?.url || this.knowsUrlMode) return declared;
    const { url: _, ...elicitation } = declared.elicitation;
    return { ...declared, elicitation };
  }

  /** Goes to the stream of what belongs to no request: the call that asked may be over by now. */
  tellComplete(elicitationId: string): void {
    const method = 'notifications/elicitation/complete';
    // Clients that never heard of such elicitations, and sessions that ended meanwhile, miss nothing.
    this.server.notification({ method, params: { elicitationId } }).catch(() => undefined);
  }

  get knowsUrlMode(): boolean {
    return (this.server.getNegotiatedProtocolVersion() ?? '') >= URL_MODE_SINCE;
  }
}
