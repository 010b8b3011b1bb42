import type { FetchLike } from '@modelcontextprotocol/client';
import type { Egress } from '../../platform/index.js';
import { MessageTooLarge, ServiceBusy } from '../errors/upstream-failures.js';

/**
 * The fetch that the SDK's HTTP transports get: through the egress client, with a bound on what one answer may weigh.
 *
 * Bytes are counted after decompression. In an event stream the count starts again with every event, because such a
 * stream may be open for days.
 *
 * @param onResponse called when the other side answered at all, whatever it answered
 */
export function boundedFetch(egress: Pick<Egress, 'fetch'>, maxBytes: number, onResponse: () => void): FetchLike {
  return async (url, init) => {
    const response = (await egress.fetch(url, init as Parameters<Egress['fetch']>[1])) as unknown as Response;
    onResponse();
    const seconds = pauseWanted(response);
    if (seconds !== undefined) {
      void response.body?.cancel();
      throw new ServiceBusy(response.status, seconds);
    }
    return bounded(response, maxBytes);
  };
}

const LONGEST_PAUSE_S = 60;

/** How long a service that is too busy wants to be left alone, in seconds; undefined when it says nothing of it. */
function pauseWanted({ status, headers }: Response): number | undefined {
  const said = status === 429 || status === 503 ? headers.get('retry-after') : null;
  if (!said) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - Date.now()) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), LONGEST_PAUSE_S);
}

function bounded(response: Response, maxBytes: number): Response {
  const { body, headers, status, statusText } = response;
  if (!body) return response;
  const announced = Number(headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes) {
    void body.cancel();
    throw new MessageTooLarge(maxBytes);
  }
  // The transfer cannot exceed what it announced, so nothing needs to be counted.
  if (announced <= maxBytes && !headers.has('content-encoding')) return response;
  const perEvent = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return new Response(body.pipeThrough(byteLimit(maxBytes, perEvent)), { status, statusText, headers: [...headers] });
}

function byteLimit(maxBytes: number, perEvent: boolean): TransformStream<Uint8Array, Uint8Array> {
  let count = 0;
  return new TransformStream({
    transform(chunk, controller) {
      const restart = perEvent ? endOfLastEvent(chunk) : -1;
      count = restart === -1 ? count + chunk.length : chunk.length - restart;
      if (count > maxBytes) throw new MessageTooLarge(maxBytes);
      controller.enqueue(chunk);
    },
  });
}

/** Where the last blank line of the chunk begins; -1 without one. */
function endOfLastEvent(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  return Math.max(bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\r\n\r\n'));
}
