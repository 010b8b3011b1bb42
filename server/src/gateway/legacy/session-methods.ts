import type { Server } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { LegacyPeer } from './legacy-peer.js';

const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;

/** The methods that only a session has. */
export function serveSessionMethods(server: Server, peer: LegacyPeer): void {
  server.setRequestHandler('logging/setLevel', { params: z.looseObject({ level: z.enum(LEVELS) }) }, ({ level }) => {
    peer.logLevel = level;
    return {};
  });
}
