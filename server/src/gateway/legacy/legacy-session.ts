import type { Server, Transport } from '@modelcontextprotocol/server';
import type { Principal } from '../../auth/index.js';
import type { LegacyPeer } from './legacy-peer.js';

/** What a session needs of the wire behind it. */
export interface SessionWire extends Transport {
  readonly sessionId: string;
  /** Whether the client waits for an answer or listens, or may come back to do so. */
  readonly isInUse: boolean;
}

/** One legacy client that said hello, and with which credential it did. */
export interface LegacySession<W extends SessionWire = SessionWire> {
  readonly id: string;
  /** The session belongs to this caller; for anybody else it does not exist. */
  readonly principal: Principal;
  /** `Catalogue.key` of the endpoint at which it was opened; at others it does not exist either. */
  readonly endpoint: string;
  readonly server: Server;
  readonly peer: LegacyPeer;
  readonly transport: W;
  /** Monotonic, ms. */
  lastUsedMs: number;
}
