import type { Server } from '@modelcontextprotocol/server';
import type { Principal } from '../../auth/index.js';
import type { LegacyPeer } from './legacy-peer.js';
import type { SessionTransport } from './session-transport.js';

/** One legacy client that said hello, and with which credential it did. */
export interface LegacySession {
  readonly id: string;
  /** The session belongs to this caller; for anybody else it does not exist. */
  readonly principal: Principal;
  /** `Catalogue.key` of the endpoint at which it was opened; at others it does not exist either. */
  readonly endpoint: string;
  readonly server: Server;
  readonly peer: LegacyPeer;
  readonly transport: SessionTransport;
  /** Monotonic, ms. */
  lastUsedMs: number;
}
