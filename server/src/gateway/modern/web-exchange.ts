import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { whenClosed } from '../../platform/index.js';

/** All that the SDK reads of a modern request; credentials stay at the door. */
const FORWARDED = ['content-type', 'accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];

/** The request in the shape that the SDK's handler takes. Its body is handed over parsed. */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return new Request('http://gatehouse/mcp', { method: 'POST', headers, signal });
}

/** Writes the SDK's answer: JSON in one piece with its length, a stream as it comes and no faster than the client reads. */
export async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(answer.headers);
  // Not ours to say: the connection belongs to the HTTP server.
  delete headers['connection'];
  if (!answer.body) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  if (!headers['content-type']?.startsWith('text/event-stream')) {
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { ...headers, 'content-length': body.length }).end(body);
    return;
  }
  response.writeHead(answer.status, headers);
  response.flushHeaders();
  await pipe(answer.body, response);
}

async function pipe(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  whenClosed(response, () => void reader.cancel().catch(() => undefined));
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (response.destroyed) return;
    if (!response.write(part.value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
