import { HTTP_FAULTS, startFaultyHttpServer, waitFor } from '@gatehouse/testing';
import type { FaultyEra, HttpFault, HttpFaultName, RunningFaultyServer } from '@gatehouse/testing';
import { aManager, aService, aTool } from '../clients.fixture.js';
import { DEFAULT_SETTINGS } from '../manager/settings.js';

const ID = 'faulty';
const text = (result: { content?: unknown }) => (result.content as { text: string }[])[0]?.text;
const codeOf = (error: unknown) => (error as { code?: unknown }).code;

/** What the caller gets: the answer's text, or one clear error. */
const verdicts = (era: FaultyEra): Record<HttpFaultName, string> => ({
  'wrong-id': 'upstream_timeout',
  'answers-twice': 'first',
  silent: 'upstream_timeout',
  'only-headers': 'upstream_timeout',
  'one-byte-at-a-time': 'upstream_timeout',
  'endless-body': 'output_too_large',
  'announced-100-mb': 'output_too_large',
  'gzip-bomb': 'output_too_large',
  'endless-event': 'output_too_large',
  'deep-json': 'upstream_protocol',
  'deep-event': 'upstream_protocol',
  'key-rich-json': 'upstream_protocol',
  'key-rich-event': 'upstream_protocol',
  'notification-flood': 'fine',
  html: 'upstream_protocol',
  'plain-text': 'upstream_protocol',
  'no-content-type': 'upstream_protocol',
  'two-documents': 'upstream_protocol',
  'half-a-document': 'upstream_protocol',
  'no-json-rpc': 'upstream_protocol',
  'result-is-text': 'upstream_protocol',
  'result-is-null': 'upstream_protocol',
  'content-is-text': 'upstream_protocol',
  // Before 2026-07-28 the key meant nothing.
  'unknown-result-type': era === 'modern' ? 'upstream_protocol' : 'fine',
  'accepted-only': 'upstream_timeout',
  'stream-ends-early': 'upstream_lost',
  'server-error': 'upstream_error',
  unavailable: 'upstream_busy',
  redirect: 'upstream_protocol',
});

const FAULTS = Object.keys(HTTP_FAULTS) as HttpFaultName[];

describe.each(['modern', 'legacy'] as const)('a %s service over HTTP that misbehaves', (era) => {
  let world: ReturnType<typeof aManager>;
  let service: RunningFaultyServer;

  const start = async (more: Record<string, HttpFault> = {}) => {
    service = await startFaultyHttpServer(era, more);
    // The breaker, which would keep us from a service that fails all the time, has specs of its own.
    world = aManager({ breaker: { ...DEFAULT_SETTINGS.breaker, failures: 10_000, outcomes: 10_000 } });
    world.definitions.put(aService({ id: ID, url: service.url }));
    await world.manager.connect(ID);
  };
  const call = (name: string, timeoutMs = 5_000) => world.manager.callTool(ID, aTool(name), {}, { timeoutMs });
  const verdictOn = (name: string, timeoutMs?: number) => call(name, timeoutMs).then(text, codeOf);
  const end = async () => {
    await world.end();
    await service.close();
  };

  describe('in one call', () => {
    beforeAll(() => start());
    afterAll(end);

    it.each(FAULTS.filter((fault) => fault !== 'unavailable'))(
      '%s: harms that call only, and is not repeated',
      async (fault) => {
        const before = service.calls.length;
        const verdict = verdicts(era)[fault];
        const [bad, other] = await Promise.all([
          verdictOn(fault, verdict === 'upstream_timeout' ? 500 : 20_000),
          verdictOn('well-behaved'),
        ]);
        expect([bad, other]).toEqual([verdict, 'fine']);
        expect(service.calls.slice(before).sort()).toEqual([fault, 'well-behaved'].sort());
        expect(service.astray).toEqual([]);
        await waitFor('its response to be given up', () => service.open.size === 0, 1_000);
        // A flood may have kept this very process too busy to see that the service lives.
        await waitFor('the next call to be well', async () => (await verdictOn('well-behaved')) === 'fine');
      },
    );
  });

  it('that says it is too busy is left alone for as long as it wants', async () => {
    await start();
    try {
      expect(await verdictOn('unavailable')).toBe('upstream_busy');
      expect(await verdictOn('well-behaved')).toBe('upstream_busy');
      expect(service.calls).toEqual(['unavailable']);
    } finally {
      await end();
    }
  });

  it('is not said to have sent too much when only an earlier answer was too large', async () => {
    await start();
    try {
      expect(await verdictOn('endless-event', 20_000)).toBe('output_too_large');
      expect(await verdictOn('stream-ends-early')).toBe('upstream_lost');
    } finally {
      await end();
    }
  });

  it.each(['application/json', 'text/event-stream'])(
    'that breaks off a reply of %s at any byte gets no second request',
    async (type) => {
      let at = 0;
      let length = 1;
      await start({
        breaking: ({ id }, response) => {
          const body = JSON.stringify({ jsonrpc: '2.0', id, result: { resultType: 'complete', content: [] } });
          const whole = type === 'application/json' ? body : `data: ${body}\n\n`;
          const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${whole.length}\r\n\r\n`;
          length = head.length + whole.length;
          response.socket?.write((head + whole).slice(0, at), () => response.socket?.destroy());
        },
      });
      try {
        const seen = new Set<string>();
        let calls = 0;
        for (; at < length; at += 1, calls += 1) {
          seen.add(String(await call('breaking').then(() => 'answered', codeOf)));
        }
        expect([...seen]).toEqual(['upstream_lost']);
        expect(await call('breaking')).toMatchObject({ content: [] });
        expect(service.calls).toHaveLength(calls + 1);
        expect(await verdictOn('well-behaved')).toBe('fine');
      } finally {
        await end();
      }
    },
  );

  it('that knows nothing of a task any more is not called again', async () => {
    const task = { taskId: 't', status: 'working', pollInterval: 100, pollIntervalMs: 100 };
    await start({
      tasked: ({ id }, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id, result: { resultType: 'task', ...task, task } })),
    });
    try {
      const tool = { ...aTool('tasked'), execution: { taskSupport: 'required' } };
      const call = world.manager.callTool(ID, tool, {}, { timeoutMs: 5_000 });
      // The service answers every look with 404: before 2026-07-28 that means that the session is gone.
      await expect(call).rejects.toMatchObject({ code: era === 'modern' ? 'upstream_protocol' : 'upstream_lost' });
      expect(service.calls).toEqual(['tasked']);
    } finally {
      await end();
    }
  });
});
