import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { FAKE_FAULTS, FakeMcpState, type FakeEra, type FakeFault, type FakeMcpOptions } from './fake-mcp/options.ts';
import { streamableHttpHandler, type HttpHandler } from './fake-mcp/serve-http.ts';
import { headersOf, legacySseHandler } from './fake-mcp/serve-sse.ts';
import { serveStandardStreams } from './fake-mcp/serve-stdio.ts';
import { serveSocket } from './fake-mcp/serve-websocket.ts';

export { FAKE_FAULTS, FakeMcpState } from './fake-mcp/options.ts';
export type { FakeEra, FakeFault, FakeMcpOptions } from './fake-mcp/options.ts';

export type FakeTransport = 'http' | 'sse' | 'websocket';

export interface RunningFakeMcp {
  /** Where clients connect, e.g. `http://127.0.0.1:41234/mcp`. */
  url: string;
  port: number;
  state: FakeMcpState;
  /** Stops listening and cuts every connection, as a kill would. */
  close(): Promise<void>;
}

/** The file that runs the fake as a process: `node <this> --transport stdio`. */
export const FAKE_MCP_SERVER_FILE = fileURLToPath(import.meta.url);

const PATHS: Record<FakeTransport, string> = { http: '/mcp', sse: '/sse', websocket: '/mcp' };

/**
 * Starts a scripted MCP service in this process, on loopback.
 *
 * @param options.tls answers over TLS with these
 * @param options.port 0 or absent for a free one; give the old one to bring a closed fake back
 */
export async function startFakeMcpServer(
  options: FakeMcpOptions & { transport?: FakeTransport; port?: number; tls?: TlsOptions } = {},
): Promise<RunningFakeMcp> {
  const transport = options.transport ?? 'http';
  const state = new FakeMcpState();
  const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response);
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  const handle = transport === 'sse' ? legacySseHandler(options, state) : streamableHttpHandler(options, state);
  const answer = faultyOr(handle, options);
  const sockets = transport === 'websocket' ? acceptSockets(server, options, state) : undefined;
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets?.clients ?? []) socket.terminate();
      state.endSessions();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  state.crash = () => void close();
  const scheme = `${transport === 'websocket' ? 'ws' : 'http'}${options.tls ? 's' : ''}`;
  return { url: `${scheme}://127.0.0.1:${address.port}${PATHS[transport]}`, port: address.port, state, close };
}

/** Puts the faults that need no protocol in front of `handle`. */
function faultyOr(handle: HttpHandler, options: FakeMcpOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (options.fault === 'never-answers') return;
    if (options.fault === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
      return;
    }
    if (options.fault === 'unauthorised' || !isAuthorised(request, options)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    try {
      await handle(request, response);
    } catch {
      if (!response.headersSent) response.writeHead(400).end();
    }
  };
}

const isAuthorised = (request: IncomingMessage, options: FakeMcpOptions): boolean =>
  options.token === undefined || request.headers.authorization === `Bearer ${options.token}`;

function acceptSockets(server: HttpServer, options: FakeMcpOptions, state: FakeMcpState): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('mcp') ? 'mcp' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    if (options.fault === 'unauthorised' || !isAuthorised(request, options)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      serveSocket(accepted, headersOf(request.headers), options, state),
    );
  });
  return sockets;
}

const oneOf = <T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined => {
  if (value === undefined) return undefined;
  if (!(allowed as readonly string[]).includes(value))
    throw new Error(`--${name} must be one of ${allowed.join(', ')}`);
  return value as T;
};

/** `--transport stdio|http|sse|websocket --port N --era both|modern|legacy --fault … --name … --token … --extra-tools N --talks --protocol` */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      transport: text,
      port: text,
      era: text,
      fault: text,
      name: text,
      token: text,
      'extra-tools': text,
      talks: { type: 'boolean' },
      protocol: { type: 'boolean' },
    },
  });
  const options: FakeMcpOptions = {
    era: oneOf<FakeEra>('era', values.era, ['both', 'modern', 'legacy']),
    fault: oneOf<FakeFault>('fault', values.fault, FAKE_FAULTS),
    name: values.name,
    token: values.token,
    extraTools: Number(values['extra-tools'] ?? 0),
    talks: values.talks,
    protocol: values.protocol ?? false,
  };
  const transport = oneOf('transport', values.transport ?? 'stdio', ['stdio', 'http', 'sse', 'websocket'] as const)!;
  if (transport === 'stdio') return serveStandardStreams(options, new FakeMcpState());
  const fake = await startFakeMcpServer({ ...options, transport, port: Number(values.port ?? 0) });
  fake.state.crash = () => process.exit(1);
  process.stdout.write(`${JSON.stringify({ url: fake.url })}\n`);
}

if (process.argv[1] === FAKE_MCP_SERVER_FILE) await main();
