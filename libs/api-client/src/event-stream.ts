import { createParser, type EventSourceMessage } from 'eventsource-parser';

/**
 * The server-sent events of a response body, one by one; ends when the body ends.
 *
 * @throws whatever reading the body throws, for example when the connection breaks.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export type StreamState = 'connecting' | 'open' | 'waiting' | 'closed';

export interface EventStreamOptions {
  /** Opens the stream; a rejection counts as a failed attempt. */
  open: (signal: AbortSignal) => Promise<Response>;
  onEvent: (event: EventSourceMessage) => void;
  onState?: (state: StreamState) => void;
  /** Whether trying again can help after this failure; default: always. */
  retry?: (error: unknown) => boolean;
  /** First delay before a new attempt, ms. @default 1000 */
  minDelayMs?: number;
  /** Largest delay, ms. @default 30000 */
  maxDelayMs?: number;
  /** 0 ≤ x < 1; default Math.random. */
  random?: () => number;
}

/** Delay before attempt `attempt` (from 0), ms: exponential, capped, half of it random so that clients do not return at once. */
export function backoffMs(attempt: number, min: number, max: number, random: () => number): number {
  const ceiling = Math.min(max, min * 2 ** Math.min(attempt, 16));
  return ceiling / 2 + (ceiling / 2) * random();
}

/**
 * Keeps one event stream open: reads it, and opens it again with jittered backoff when it ends or fails.
 *
 * @returns a function that closes it for good.
 */
export function keepEventStream(options: EventStreamOptions): () => void {
  const closing = new AbortController();
  void run(options, closing.signal);
  return () => closing.abort();
}

async function run(options: EventStreamOptions, closed: AbortSignal): Promise<void> {
  const { minDelayMs = 1000, maxDelayMs = 30_000, random = Math.random } = options;
  const tell = (state: StreamState) => options.onState?.(state);
  for (let attempt = 0; !closed.aborted; attempt++) {
    tell('connecting');
    const failure = await follow(options, closed, () => {
      attempt = 0;
      tell('open');
    });
    if (closed.aborted || (failure !== undefined && options.retry?.(failure) === false)) break;
    tell('waiting');
    await pause(backoffMs(attempt, minDelayMs, maxDelayMs, random), closed);
  }
  tell('closed');
}

/** Reads one connection to its end; answers with what broke it, undefined when the server closed it. */
async function follow(options: EventStreamOptions, closed: AbortSignal, opened: () => void): Promise<unknown> {
  try {
    const response = await options.open(closed);
    if (!response.body) return undefined;
    opened();
    for await (const event of readEvents(response.body)) options.onEvent(event);
    return undefined;
  } catch (error) {
    return error;
  }
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      until.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    until.addEventListener('abort', done);
  });
}
