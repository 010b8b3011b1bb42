import type { Config } from '../../platform/index.js';

/** By which door a request comes in, and at which endpoint. */
export interface Route {
  readonly door: 'mcp' | 'sse' | 'messages' | 'websocket';
  /** Path of the endpoint below `/mcp`, as catalogues know it. */
  readonly endpoint: string;
}

const ROOT = '/mcp';
const SOCKETS = '/mcp/ws';

/**
 * What a path means. `/sse`, `/messages` and `/mcp/ws` stand for `/mcp`, and so does what lies below them. Pure.
 *
 * @param path without query
 * @returns undefined for what is not ours, because it is something else or because its door is closed
 */
export function routeOf(
  path: string,
  { mcpSse, mcpWebSocket }: Pick<Config, 'mcpSse' | 'mcpWebSocket'>,
): Route | undefined {
  const below = (prefix: string): string | undefined =>
    path === prefix || path.startsWith(`${prefix}/`) ? `${ROOT}${path.slice(prefix.length)}` : undefined;
  const socket = mcpWebSocket ? below(SOCKETS) : undefined;
  if (socket !== undefined) return { door: 'websocket', endpoint: socket };
  const mcp = below(ROOT);
  if (mcp !== undefined) return { door: 'mcp', endpoint: mcp };
  if (!mcpSse) return undefined;
  const stream = below('/sse');
  if (stream !== undefined) return { door: 'sse', endpoint: stream };
  const messages = below('/messages');
  return messages === undefined ? undefined : { door: 'messages', endpoint: messages };
}

/** Where clients of an event stream post, for the endpoint at which they opened it. */
export const messagesPath = (endpoint: string): string => `/messages${endpoint.slice(ROOT.length)}`;
