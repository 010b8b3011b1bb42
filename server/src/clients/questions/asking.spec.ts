import { spawn } from 'node:child_process';
import {
  descendantsOf,
  freePort,
  startConformanceFixture,
  startFakeMcpServer,
  waitFor,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { ProtocolError, type ClientCapabilities } from '@modelcontextprotocol/client';
import { APPS_CAPABILITY } from '../apps-extension.js';
import { aManager, aService, aStdioService, aTool } from '../clients.fixture.js';
import {
  InputRequired,
  InputUnavailable,
  LinkRequired,
  type Counterpart,
  type LogMessage,
  type Question,
} from '../dialogue.js';
import { Deadline } from '../manager/deadline.js';
import type { UpstreamOptions } from '../manager/exchange.js';

const ALL: ClientCapabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

/** Somebody behind a client, who answers every question with their name and remembers everything. */
class Person implements Counterpart {
  readonly asked: Question[] = [];
  readonly heard: LogMessage[] = [];
  readonly completed: string[] = [];
  takesInputRequired = false;
  logLevel: Counterpart['logLevel'] = undefined;

  constructor(
    readonly name: string,
    readonly capabilities: ClientCapabilities = ALL,
  ) {}

  ask(question: Question, signal: AbortSignal): Promise<Record<string, unknown>> {
    this.asked.push(question);
    return this.answer(question, signal);
  }

  /** What they answer; to be replaced. */
  answer: (question: Question, signal: AbortSignal) => Promise<Record<string, unknown>> = ({ method }) => {
    if (method === 'roots/list') return Promise.resolve({ roots: [{ uri: `file:///home/${this.name}` }] });
    if (method === 'elicitation/create') return Promise.resolve({ action: 'accept', content: { answer: this.name } });
    return Promise.resolve({ role: 'assistant', model: 'm', content: { type: 'text', text: this.name } });
  };

  onLog = (message: LogMessage): void => void this.heard.push(message);
  onElicitationComplete = (id: string): void => void this.completed.push(id);
}

describe('a service that asks', () => {
  let world: ReturnType<typeof aManager>;
  const fakes: RunningFakeMcp[] = [];

  beforeEach(() => (world = aManager({ own: { most: 4, longestLine: 100, idleMs: 5_000 } })));
  afterEach(async () => {
    await world.end();
    await Promise.all(fakes.splice(0).map((each) => each.close()));
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  const fake = async (options: Parameters<typeof startFakeMcpServer>[0] = {}) => {
    const started = await startFakeMcpServer({ talks: true, era: 'legacy', ...options });
    fakes.push(started);
    const type = options.transport === 'websocket' ? 'websocket' : 'http';
    const { id } = world.definitions.put(aService({ id: started.url, slug: started.url, type, url: started.url }));
    return { ...started, id };
  };
  const start = async (transport: 'http' | 'sse' | 'websocket' | 'stdio', era: 'legacy' | 'modern') =>
    transport === 'stdio'
      ? world.definitions.put(aStdioService('stdio', '--era', era, '--talks')).id
      : (await fake({ transport, era })).id;
  const call = (id: string, tool: string, args: Record<string, unknown> = {}, options: UpstreamOptions = {}) =>
    world.manager.callTool(id, aTool(tool), args, options);
  const said = (result: { content?: unknown }) => (result.content as { text: string }[])[0]?.text ?? '';
  const answerOf = (name: string) => JSON.stringify({ action: 'accept', content: { answer: name } });

  const CELLS = [
    ['http', 'legacy'],
    ['sse', 'legacy'],
    ['websocket', 'legacy'],
    ['stdio', 'legacy'],
    ['http', 'modern'],
    ['websocket', 'modern'],
    ['stdio', 'modern'],
  ] as const;

  describe.each(CELLS)('over %s in the %s era', (transport, era) => {
    it('gets its answers from whoever is behind the call', async () => {
      const id = await start(transport, era);
      const ada = new Person('Ada');
      expect(said(await call(id, 'ask', { question: 'who' }, { counterpart: ada }))).toBe(`who: ${answerOf('Ada')}`);
      expect(said(await call(id, 'sample', { prompt: 'p' }, { counterpart: ada }))).toContain('"text":"Ada"');
      expect(said(await call(id, 'roots', {}, { counterpart: ada }))).toContain('file:///home/Ada');
      expect(said(await call(id, 'ask_link', { url: 'https://example.com/a' }, { counterpart: ada }))).toContain(
        'accept',
      );
      expect(said(await call(id, 'ask_twice', {}, { counterpart: ada }))).toContain('"answer":"Ada"');
      expect(ada.asked).toHaveLength(6);
      expect(ada.asked[0]?.params).toMatchObject({ message: 'who', requestedSchema: { required: ['answer'] } });
      expect(ada.asked[3]?.params).toMatchObject({ mode: 'url', url: 'https://example.com/a', message: 'Open it' });
    });

    it('does not use up the call’s time while a person thinks', async () => {
      const id = await start(transport, era);
      const deadline = new Deadline(20_000);
      const slow = new Person('Slow');
      slow.answer = async () => {
        const [leftMs, pausedMs] = [deadline.leftMs, deadline.pausedMs];
        await waitFor('some time to pass', () => deadline.pausedMs > pausedMs);
        expect(deadline.leftMs).toBe(leftMs);
        return { action: 'decline' };
      };
      expect(said(await call(id, 'ask', { question: 'q' }, { counterpart: slow, deadline }))).toContain('decline');
      const leftMs = deadline.leftMs;
      await waitFor('it to run again', () => deadline.leftMs < leftMs);
      deadline.end();
    });

    it('is told when nobody can be asked, and so is the caller', async () => {
      const id = await start(transport, era);
      const forms = new Person('Forms', { elicitation: {} });
      const wanting = async (tool: string, args: object, counterpart?: Person): Promise<unknown> =>
        call(id, tool, { ...args }, counterpart ? { counterpart } : {}).catch((error: unknown) => error);
      const unasked = await wanting('ask', { question: 'q' });
      expect(unasked).toBeInstanceOf(InputUnavailable);
      expect(unasked).toMatchObject({ code: 'input_unavailable', requiredCapabilities: { elicitation: { form: {} } } });
      expect(await wanting('sample', { prompt: 'p' }, forms)).toMatchObject({ requiredCapabilities: { sampling: {} } });
      expect(await wanting('ask_link', { url: 'https://a.example' }, forms)).toMatchObject({
        requiredCapabilities: { elicitation: { url: {} } },
        details: { capability: 'elicitation.url' },
      });
      expect(said(await call(id, 'ask', { question: 'q' }, { counterpart: forms }))).toContain('Forms');
      expect(forms.asked).toHaveLength(1);
    });

    it('hears of it when the caller goes away in the middle of a question', async () => {
      const id = await start(transport, era);
      const abort = new AbortController();
      const gone = new Person('Gone');
      const closed = new Promise<void>((resolve) => {
        gone.answer = (_question, signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              resolve();
              reject(new Error('gone'));
            });
            abort.abort();
          });
      });
      const cancelled = call(id, 'ask', { question: 'q' }, { counterpart: gone, signal: abort.signal });
      await expect(cancelled).rejects.toMatchObject({ code: 'call_cancelled' });
      await closed;
      expect(said(await call(id, 'echo', { text: 'still there' }))).toBe('still there');
    });
  });

  describe('and whose call it is', () => {
    it('shows by the stream of the call, over one HTTP session, however many calls there are', async () => {
      const service = await fake({});
      const people = Array.from({ length: 30 }, (_, each) => new Person(`P${each}`));
      const tools = ['ask', 'ask_resumed'];
      const answers = await Promise.all(
        people.map((person, each) =>
          call(service.id, tools[each % 2], { question: person.name }, { counterpart: person }),
        ),
      );
      expect(answers.map(said)).toEqual(people.map(({ name }) => `${name}: ${answerOf(name)}`));
      expect(people.map(({ asked }) => asked.map(({ params }) => params['message']))).toEqual(
        people.map(({ name }) => [name]),
      );
      expect(service.state.requests.get('tools/list')).toBe(1);
    });

    it.each(['stdio', 'websocket', 'sse', 'http'] as const)(
      'is never guessed on one channel (%s): refused at first, then each call has a connection of its own',
      async (transport) => {
        const id = await start(transport, 'legacy');
        await world.manager.connect(id);
        const tool = transport === 'http' ? 'ask_aside' : 'ask';
        const round = async (count: number) => {
          const people = Array.from({ length: count }, (_, each) => new Person(`P${each}`));
          const results = await Promise.allSettled(
            people.map((person) => call(id, tool, { question: person.name }, { counterpart: person })),
          );
          for (const [each, { name, asked }] of people.entries()) {
            expect(asked.every(({ params }) => params['message'] === name)).toBe(true);
            const result = results[each];
            if (result.status === 'fulfilled') expect(said(result.value)).toBe(`${name}: ${answerOf(name)}`);
          }
          return results.filter(({ status }) => status === 'fulfilled').length;
        };
        expect(await round(2)).toBeLessThan(2);
        expect(await round(12)).toBe(12);
      },
    );

    it('is not the next caller’s when the call was given up and the service asks later', async () => {
      const service = await fake({ transport: 'websocket' });
      const [ada, bob] = [new Person('Ada'), new Person('Bob')];
      const abort = new AbortController();
      const given = call(service.id, 'ask_late', { question: 'for Ada' }, { counterpart: ada, signal: abort.signal });
      await waitFor('the call to arrive', () => service.state.calls.length === 1);
      abort.abort();
      await expect(given).rejects.toMatchObject({ code: 'call_cancelled' });
      const asking = new Promise<void>((resolve) => {
        bob.answer = () => {
          resolve();
          return Promise.resolve({ action: 'accept', content: { answer: 'Bob' } });
        };
      });
      const bobs = call(service.id, 'slow', { ms: 200 }, { counterpart: bob });
      service.state.release();
      expect(said(await bobs)).toBe('done');
      expect([ada.asked, bob.asked]).toEqual([[], []]);
      const next = call(service.id, 'ask', { question: 'for Bob' }, { counterpart: bob });
      await asking;
      expect(said(await next)).toContain('Bob');
    });

    it('is nobody’s outside of any call: there are no roots, and nobody answers', async () => {
      const id = await start('stdio', 'legacy');
      const frames: string[] = [];
      expect(
        said(await call(id, 'roots', {}, { onFrame: ({ message }) => frames.push(JSON.stringify(message)) })),
      ).toBe('roots: {"roots":[]}');
      expect(frames.filter((frame) => frame.includes('roots'))).not.toEqual([]);
    });
  });

  it('may ask ten questions in a call, and a modern one ten times', async () => {
    const ada = new Person('Ada');
    const legacy = await fake({});
    expect(said(await call(legacy.id, 'ask_often', { times: 10 }, { counterpart: ada }))).toBe('asked enough');
    await expect(call(legacy.id, 'ask_often', { times: 11 }, { counterpart: ada })).rejects.toMatchObject({
      code: 'upstream_error',
    });
    expect(ada.asked).toHaveLength(20);
    const modern = await fake({ era: 'modern' });
    const bob = new Person('Bob');
    await expect(call(modern.id, 'ask_forever', {}, { counterpart: bob })).rejects.toMatchObject({
      code: 'upstream_protocol',
    });
    expect(bob.asked).toHaveLength(10);
  });

  it('learns the client’s own refusal word by word', async () => {
    const { id } = await fake({});
    const ada = new Person('Ada');
    ada.answer = () => Promise.reject(new ProtocolError(-1, 'User rejected sampling request'));
    await expect(call(id, 'sample', { prompt: 'p' }, { counterpart: ada })).rejects.toMatchObject({
      code: 'upstream_error',
      details: { cause: 'User rejected sampling request' },
    });
    const modern = await fake({ era: 'modern' });
    await expect(call(modern.id, 'sample', { prompt: 'p' }, { counterpart: ada })).rejects.toMatchObject({
      code: 'question_refused',
    });
  });

  describe('in the modern era', () => {
    it('is answered by a client that takes the questions and comes back with the state, byte for byte', async () => {
      const { id, state } = await fake({ era: 'modern' });
      const ada = new Person('Ada');
      ada.takesInputRequired = true;
      const thrown = async (options: UpstreamOptions) => {
        const error: unknown = await call(id, 'ask_twice', {}, options).catch((reason: unknown) => reason);
        if (!(error instanceof InputRequired)) throw error;
        return error;
      };
      const first = await thrown({ counterpart: ada });
      expect(Object.keys(first.inputRequests)).toEqual(['one']);
      const { requestState } = first;
      const inputResponses = { one: { action: 'accept', content: { answer: 'Ada' } } };
      const second = await thrown({ counterpart: ada, continuation: { inputResponses, requestState } });
      expect(second.inputRequests['two']?.params['message']).toBe(JSON.stringify(inputResponses));
      const last = { inputResponses: { two: { action: 'decline' } }, requestState: second.requestState };
      expect(said(await call(id, 'ask_twice', {}, { counterpart: ada, continuation: last }))).toContain('decline');
      expect([ada.asked, state.calls.length]).toEqual([[], 3]);
    });

    it('comes back by itself when the service only wants that', async () => {
      const { id } = await fake({ era: 'modern' });
      expect(said(await call(id, 'come_back', {}, { counterpart: new Person('Ada') }))).toBe('you came back');
    });

    it('is told what this caller can do, and what nobody can', async () => {
      const { id } = await fake({ era: 'modern' });
      const capabilities = async (counterpart?: Person) => {
        const meta: unknown = JSON.parse(said(await call(id, 'meta', {}, counterpart ? { counterpart } : {})));
        return (meta as Record<string, unknown>)['io.modelcontextprotocol/clientCapabilities'];
      };
      const extensions = APPS_CAPABILITY;
      expect(await capabilities()).toEqual({ extensions });
      const own = { elicitation: {}, sampling: { tools: {}, context: {} }, experimental: { x: {} } };
      expect(await capabilities(new Person('Ada', own))).toEqual({
        elicitation: { form: {} },
        sampling: { tools: {} },
        extensions,
      });
    });

    it('may ask for a prompt too', async () => {
      const fixture = await startConformanceFixture('modern');
      const { id } = world.definitions.put(aService({ url: fixture.url }));
      try {
        const ada = new Person('Ada');
        ada.answer = () => Promise.resolve({ action: 'accept', content: { context: 'from Ada' } });
        const get = () => world.manager.getPrompt(id, 'test_input_required_result_prompt', {}, { counterpart: ada });
        expect(JSON.stringify(await get())).toContain('from Ada');
        ada.takesInputRequired = true;
        await expect(get()).rejects.toBeInstanceOf(InputRequired);
      } finally {
        await world.end();
        await fixture.close();
      }
    });

    it('says what it needs of the client', async () => {
      const { id } = await fake({ era: 'modern' });
      await expect(call(id, 'needs_sampling')).rejects.toMatchObject({
        code: 'input_unavailable',
        requiredCapabilities: { sampling: {} },
      });
    });

    it('asks by URL without an id, and a client of before gets one and hears that it is done', async () => {
      const { id } = await fake({ era: 'modern' });
      const ada = new Person('Ada');
      await call(id, 'ask_link', { url: 'https://example.com/' }, { counterpart: ada });
      expect(ada.completed).toEqual([ada.asked[0]?.params['elicitationId']]);
    });
  });

  describe('for an address to be opened', () => {
    const url = 'https://example.com/sign';

    it.each(['legacy', 'modern'] as const)('that may not be shown, nobody is asked (%s)', async (era) => {
      const { id } = await fake({ era });
      const ada = new Person('Ada');
      const asking = call(id, 'ask_link', { url: 'http://example.com/' }, { counterpart: ada });
      await expect(asking).rejects.toMatchObject({ code: era === 'modern' ? 'upstream_protocol' : 'upstream_error' });
      const before = call(id, 'link_first', { url: 'javascript:alert(1)' }, { counterpart: ada });
      await expect(before).rejects.toMatchObject({ code: 'upstream_error' });
      expect(ada.asked).toEqual([]);
    });

    it('before the call: told to each client in the way it knows', async () => {
      const { id } = await fake({});
      const thrown = (options: UpstreamOptions): Promise<unknown> =>
        call(id, 'link_first', { url }, options).catch((error: unknown) => error);
      const [legacy, modern] = [new Person('Legacy'), new Person('Modern')];
      modern.takesInputRequired = true;
      const told = await thrown({ counterpart: legacy });
      expect(told).toBeInstanceOf(LinkRequired);
      expect(told).toMatchObject({ code: 'link_required', details: { url }, elicitations: [{ mode: 'url', url }] });
      const asked = await thrown({ counterpart: modern });
      expect(asked).toBeInstanceOf(InputRequired);
      expect(Object.values((asked as InputRequired).inputRequests)).toMatchObject([{ params: { mode: 'url', url } }]);
      expect(await thrown({})).toMatchObject({ code: 'link_required' });
      // The client comes back without a state; a legacy service is simply asked again.
      const continuation = { inputResponses: { x: { action: 'accept' } } };
      expect(await thrown({ counterpart: modern, continuation })).toBeInstanceOf(InputRequired);
      await call(id, 'link_done', { url });
      await waitFor('the news', () => legacy.completed.length > 0);
      expect([legacy.completed, modern.completed]).toEqual([[`id of ${url}`], []]);
    });

    it('tells only whoever was asked that it is done, and only once', async () => {
      const { id } = await fake({});
      const [ada, bob] = [new Person('Ada'), new Person('Bob')];
      await call(id, 'ask_link', { url }, { counterpart: ada });
      await call(id, 'ask_link', { url: 'https://example.com/other' }, { counterpart: bob });
      await call(id, 'link_done', { url });
      await call(id, 'link_done', { url });
      await waitFor('the news', () => ada.completed.length > 0);
      expect([ada.completed, bob.completed]).toEqual([[`id of ${url}`], []]);
    });
  });

  describe('and what it logs', () => {
    it.each(CELLS)('reaches whose call it is, from the level they want on (%s, %s)', async (transport, era) => {
      const id = await start(transport, era);
      const [ada, bob] = [new Person('Ada'), new Person('Bob')];
      ada.logLevel = 'info';
      await call(id, 'say', { text: 'unheard', level: 'debug' }, { counterpart: ada });
      await call(id, 'say', { text: 'hello', level: 'warning' }, { counterpart: ada });
      await call(id, 'say', { text: 'nobody listens', level: 'error' }, { counterpart: bob });
      expect(ada.heard).toEqual([{ level: 'warning', logger: 'fake', data: 'hello' }]);
      expect(bob.heard).toEqual([]);
    });

    it('is nobody’s when it may be several people’s', async () => {
      const service = await fake({ transport: 'websocket' });
      const [ada, bob] = [new Person('Ada'), new Person('Bob')];
      ada.logLevel = bob.logLevel = 'debug';
      const waiting = call(service.id, 'slow', { ms: 200 }, { counterpart: bob });
      await waitFor('the call to arrive', () => service.state.calls.length === 1);
      await call(service.id, 'say_aside', { text: 'secret of Ada' }, { counterpart: ada });
      await waiting;
      expect([ada.heard, bob.heard]).toEqual([[], []]);
    });
  });

  it('gets the caller’s own _meta, but nothing that is about another hop, and no false trace', async () => {
    for (const era of ['legacy', 'modern'] as const) {
      const { id } = await fake({ era });
      const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const meta = {
        'example.com/kept': { deep: [1] },
        'io.modelcontextprotocol/clientInfo': { name: 'forged', version: '1' },
        progressToken: 7,
        traceparent: trace,
        tracestate: 'a=b\r\nX-Evil: 1',
        baggage: 'x'.repeat(64 * 1024),
      };
      const got = JSON.parse(said(await call(id, 'meta', {}, { meta }))) as Record<string, unknown>;
      expect(got).toMatchObject({ 'example.com/kept': { deep: [1] }, traceparent: trace });
      expect(Object.keys(got)).not.toEqual(expect.arrayContaining(['tracestate']));
      expect(JSON.stringify(got)).not.toMatch(/forged|baggage|progressToken|X-Evil/);
    }
  });

  it('is not given the work again when its session is lost after it asked', async () => {
    const service = await fake({});
    const ada = new Person('Ada');
    ada.answer = () => {
      service.state.forgetSessions();
      return Promise.resolve({ action: 'accept' });
    };
    await expect(call(service.id, 'ask', { question: 'q' }, { counterpart: ada })).rejects.toMatchObject({
      code: 'upstream_lost',
    });
    expect(service.state.calls).toHaveLength(1);
    ada.answer = () => Promise.resolve({ action: 'accept' });
    expect(said(await call(service.id, 'ask', { question: 'q' }, { counterpart: ada }))).toContain('accept');
  });

  it.each(['stdio', 'streamableHttp'] as const)(
    'is answered when it is the everything server (%s)',
    async (transport) => {
      const file = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';
      const port = await freePort();
      const command = {
        connect: 'on-demand',
        command: process.execPath,
        args: [file, 'stdio'],
        cwd: process.cwd(),
      } as const;
      const url = `http://127.0.0.1:${port}/mcp`;
      const remote = transport === 'streamableHttp';
      const env = { ...process.env, PORT: String(port) };
      const server = remote && spawn(process.execPath, [file, transport], { env, stdio: 'ignore' });
      if (server) await waitFor('it to listen', async () => (await fetch(url)).status > 0, 20_000);
      try {
        const { id } = world.definitions.put(remote ? aService({ url }) : aService({ type: 'stdio', config: command }));
        const ada = new Person('Ada');
        ada.logLevel = 'debug';
        const counterpart = ada;
        ada.answer = ({ method }) => {
          if (method === 'elicitation/create') return Promise.resolve({ action: 'accept', content: { name: 'Ada' } });
          return Promise.resolve({ role: 'assistant', model: 'm', content: { type: 'text', text: 'sampled by Ada' } });
        };
        expect(JSON.stringify(await call(id, 'trigger-elicitation-request', {}, { counterpart }))).toContain('Ada');
        const sampled = await call(id, 'trigger-sampling-request', { prompt: 'p', maxTokens: 5 }, { counterpart });
        expect(JSON.stringify(sampled)).toContain('sampled by Ada');
        const methods = ada.asked.map(({ method }) => method);
        expect(methods).toEqual(['elicitation/create', 'sampling/createMessage']);
      } finally {
        if (server) server.kill('SIGKILL');
      }
    },
  );
});
