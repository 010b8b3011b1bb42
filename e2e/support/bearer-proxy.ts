import { createServer, request as send } from 'node:http';
import { pipeline } from 'node:stream';

export interface RunningProxy {
  /** Same path as the target, on another port of loopback. */
  url: string;
  close(): Promise<void>;
}

/**
 * Stands in for a client that cannot sign in: adds the credential to every request and changes nothing else. Host, Origin
 * and bodies go through as they came, streams as they flow.
 */
export async function startBearerProxy(target: string, secret: string): Promise<RunningProxy> {
  const { hostname, port, pathname } = new URL(target);
  const server = createServer((request, response) => {
    const outgoing = send({
      hostname,
      port,
      path: request.url,
      method: request.method,
      headers: { ...request.headers, authorization: `Bearer ${secret}` },
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // The first bytes of a stream may be long in coming; that it is open must be known now.
      response.flushHeaders();
      pipeline(answer, response, () => undefined);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    pipeline(request, outgoing, () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}${pathname}`, close };
}
