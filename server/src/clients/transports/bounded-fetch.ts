import type { FetchLike } from '@modelcontextprotocol/client';
import { ANSWER_JSON, JsonMeter, JsonRefused, parseJsonAnswer, type Egress } from '../../platform/index.js';
import { MessageTooComplex, MessageTooLarge, ServiceBusy } from '../errors/upstream-failures.js';
import { EventMeter } from './event-meter.js';

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
    return bounded(response, maxBytes);
  };
}

/**
 * The response, ending with an error as soon as it weighs more.
 *
 * @throws {MessageTooLarge} it announces that it will
 * @throws {ServiceBusy} it says when to come back instead
 */
export function bounded(response: Response, maxBytes: number): Response {
  const { body, headers, status, statusText } = response;
  const seconds = pauseWanted(response);
  if (seconds !== undefined) {
    void body?.cancel();
    throw new ServiceBusy(status, seconds);
  }
  if (!body) return response;
  const announced = Number(headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes) {
    void body.cancel();
    throw new MessageTooLarge(maxBytes);
  }
  const isEvents = headers.get('content-type')?.toLowerCase().startsWith('text/event-stream') ?? false;
  // The transfer cannot exceed what it announced, so nothing needs to be counted.
  const isKnown = announced <= maxBytes && !headers.has('content-encoding');
  if (isKnown && !isEvents) return looking(response);
  const counted = body.pipeThrough(isEvents ? eventLimit(maxBytes) : byteLimit(maxBytes));
  return looking(new Response(counted, { status, statusText, headers: [...headers] }));
}

/** The SDK parses such an answer whole: what would stall it is refused on the bytes. */
function looking(response: Response): Response {
  const bytes = async (): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
  return Object.defineProperties(response, {
    json: { value: async () => jsonIn(await bytes()) },
    text: { value: async () => textIn(await bytes()) },
  });
}

/** @throws {MessageTooComplex} · {JsonRefused} it is no JSON */
export function jsonIn(bytes: Buffer): unknown {
  try {
    return parseJsonAnswer(bytes);
  } catch (error) {
    throw tooComplex(error);
  }
}

/** Of a refusal; it may be parsed as well. */
function textIn(bytes: Buffer): string {
  try {
    new JsonMeter(ANSWER_JSON).feed(bytes);
  } catch (error) {
    throw tooComplex(error);
  }
  return bytes.toString('utf8');
}

function byteLimit(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let count = 0;
  return new TransformStream({
    transform(chunk, controller) {
      count += chunk.length;
      if (count > maxBytes) throw new MessageTooLarge(maxBytes);
      controller.enqueue(chunk);
    },
  });
}

function eventLimit(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let count = 0;
  const meter = new EventMeter();
  return new TransformStream({
    transform(chunk, controller) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const restart = endOfLastEvent(bytes);
      count = restart === -1 ? count + chunk.length : chunk.length - restart;
      if (count > maxBytes) throw new MessageTooLarge(maxBytes);
      feed(meter, bytes);
      controller.enqueue(chunk);
    },
  });
}

function feed(meter: EventMeter, bytes: Buffer): void {
  try {
    meter.feed(bytes);
  } catch (error) {
    throw tooComplex(error);
  }
}

const tooComplex = (error: unknown): unknown =>
  error instanceof JsonRefused && error.kind === 'forbidden' ? new MessageTooComplex(error.message) : error;

/** Where the last blank line of the chunk begins; -1 without one. */
const endOfLastEvent = (bytes: Buffer): number => Math.max(bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\r\n\r\n'));

const LONGEST_PAUSE_S = 60;

/** How long a service that is too busy wants to be left alone, in seconds; undefined when it says nothing of it. */
function pauseWanted({ status, headers }: Response): number | undefined {
  const said = status === 429 || status === 503 ? headers.get('retry-after') : null;
  if (!said) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - Date.now()) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), LONGEST_PAUSE_S);
}
