import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** The origin under which the caller reached us: as configured, or else as the request says. */
export function ownOrigin(request: IncomingMessage, publicUrl: string | undefined): string {
  const { host = '' } = request.headers;
  if (publicUrl && new URL(publicUrl).host === host) return publicUrl;
  return `${protocolOf(request)}://${host}`;
}

/** Express knows the protocol in front of a trusted proxy; on a bare request the socket says it. */
const protocolOf = (request: IncomingMessage & { protocol?: string }): string =>
  request.protocol ?? ((request.socket as Partial<TLSSocket>).encrypted ? 'https' : 'http');
