import { ApiError } from './api-error.js';
import { backoffMs, keepEventStream, readEvents, type StreamState } from './event-stream.js';
import { parseServerEvent } from './live-api.js';

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

async function all(body: ReadableStream<Uint8Array>) {
  const events: string[] = [];
  for await (const { event, data } of readEvents(body)) events.push(`${event ?? 'message'}:${data}`);
  return events;
}

describe('reading events', () => {
  it('does not care where the chunks are cut', async () =>
    expect(await all(streamOf(': hello\n\nevent: a\nda', 'ta: 1\n', '\ndata: 2\n\n'))).toEqual(['a:1', 'message:2']));

  it('keeps a character whole that two chunks share', async () => {
    const bytes = new TextEncoder().encode('data: 李\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 7));
        controller.enqueue(bytes.slice(7));
        controller.close();
      },
    });
    expect(await all(body)).toEqual(['message:李']);
  });
});

describe('keeping a stream open', () => {
  const follow = (answers: (() => Response | Promise<Response>)[], retry?: (error: unknown) => boolean) => {
    const states: StreamState[] = [];
    const events: string[] = [];
    const closed = new Promise<void>((resolve) => {
      const close = keepEventStream({
        open: () => {
          const answer = answers.shift();
          if (answer) return Promise.resolve(answer());
          close();
          return Promise.reject(new Error('nothing more to answer'));
        },
        onEvent: ({ data }) => events.push(data),
        onState: (state) => {
          states.push(state);
          if (state === 'closed') resolve();
        },
        retry,
        minDelayMs: 1,
        maxDelayMs: 2,
      });
    });
    return { states, events, closed };
  };

  it('opens it again when it ends, and when opening fails', async () => {
    const { states, events, closed } = follow([
      () => new Response(streamOf('data: 1\n\n')),
      () => Promise.reject(new TypeError('refused')),
      () => new Response(streamOf('data: 2\n\n')),
    ]);
    await closed;
    expect(events).toEqual(['1', '2']);
    expect(states.filter((state) => state === 'open')).toHaveLength(2);
  });

  it('gives up when trying again cannot help', async () => {
    const gone = new ApiError({ code: 'auth_required', message: '' }, 401);
    const { states, closed } = follow([() => Promise.reject(gone)], (error) => error !== gone);
    await closed;
    expect(states).toEqual(['connecting', 'closed']);
  });
});

describe('the delay before a new attempt', () => {
  it('doubles up to its cap, at least half of it certain', () => {
    expect([0, 1, 2, 9, 5000].map((attempt) => backoffMs(attempt, 1000, 30_000, () => 0))).toEqual([
      500, 1000, 2000, 15_000, 15_000,
    ]);
    expect(backoffMs(0, 1000, 30_000, () => 0.5)).toBe(750);
  });
});

describe('a server event', () => {
  it('is read by its type', () =>
    expect(parseServerEvent('service.capabilities', '{"serviceId":"s1"}')).toEqual({
      type: 'service.capabilities',
      data: { serviceId: 's1' },
    }));

  it.each([
    ['service.unheard-of', '{}'],
    ['service.health', 'not JSON'],
    [undefined, '{}'],
  ])('is passed over when it is not understood: %p %p', (type, data) =>
    expect(parseServerEvent(type, data)).toBeUndefined(),
  );
});
