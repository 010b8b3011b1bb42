import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf, freePort, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { aManager, aService, aStdioService, aTool } from '../clients.fixture.js';
import { DEFAULT_SETTINGS } from './settings.js';

const SERVERS = 'node_modules/@modelcontextprotocol';

describe('the client manager', () => {
  let world: ReturnType<typeof aManager>;
  const fakes: RunningFakeMcp[] = [];

  beforeEach(() => (world = aManager()));
  afterEach(async () => {
    await world.end();
    await Promise.all(fakes.splice(0).map((each) => each.close()));
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  const fake = async (options: Parameters<typeof startFakeMcpServer>[0] = {}) => {
    const started = await startFakeMcpServer(options);
    fakes.push(started);
    const type = options.transport === 'websocket' ? 'websocket' : 'http';
    const service = world.definitions.put(aService({ id: started.url, slug: started.url, type, url: started.url }));
    return { ...started, id: service.id };
  };
  const stdio = (...args: string[]) => world.definitions.put(aStdioService('stdio', ...args)).id;
  const call = (id: string, tool: string, args: Record<string, unknown> = {}, options = {}) =>
    world.manager.callTool(id, aTool(tool), args, options);
  const text = (result: { content?: unknown }) => (result.content as { text: string }[])[0]?.text;
  const stateOf = (id: string) => world.manager.health(id).state;

  describe.each([
    ['http', 'both'],
    ['http', 'legacy'],
    ['sse', 'legacy'],
    ['websocket', 'both'],
    ['websocket', 'legacy'],
    ['stdio', 'both'],
    ['stdio', 'legacy'],
  ] as const)('over %s to a service that speaks %s', (transport, era) => {
    const start = async () => (transport === 'stdio' ? stdio('--era', era) : (await fake({ transport, era })).id);

    it('calls, reads, renders and completes, and knows what is offered', async () => {
      const id = await start();
      expect(text(await call(id, 'add', { a: 2, b: 40 }))).toBe('42');
      expect(await world.manager.readResource(id, 'fake://greeting/Ada')).toMatchObject({
        contents: [{ text: 'Hello, Ada!' }],
      });
      expect((await world.manager.getPrompt(id, 'hello', { name: 'Ada' })).messages).toHaveLength(1);
      const completed = await world.manager.complete(
        id,
        { type: 'ref/prompt', name: 'hello' },
        { name: 'name', value: 'a' },
      );
      expect(completed.completion.values).toEqual(['Ada', 'Alan']);
      const known = world.manager.capabilities(id)!;
      expect(known.tools.map((tool) => tool.name)).toContain('echo');
      expect([known.resources.length, known.resourceTemplates.length, known.prompts.length]).toEqual([2, 1, 2]);
      expect(stateOf(id)).toBe('ready');
    });

    it('passes on progress, and the answer as it came', async () => {
      const id = await start();
      const steps: number[] = [];
      const result = await call(
        id,
        'progress',
        { steps: 3 },
        { onProgress: ({ progress }: { progress: number }) => steps.push(progress) },
      );
      expect([text(result), steps]).toEqual(['3 steps', [1, 2, 3]]);
      expect(await call(id, 'structured', { city: 'Bern' })).toMatchObject({
        structuredContent: { city: 'Bern', celsius: 21 },
        _meta: { 'example.com/kept': true },
      });
      expect(await call(id, 'fail')).toMatchObject({ isError: true });
    });

    it('ends a call at its deadline, and when its caller goes away', async () => {
      const id = await start();
      await world.manager.connect(id);
      await expect(call(id, 'silent', {}, { timeoutMs: 150 })).rejects.toMatchObject({ code: 'upstream_timeout' });
      const abort = new AbortController();
      const cancelled = call(id, 'silent', {}, { signal: abort.signal, onFrame: () => abort.abort() });
      await expect(cancelled).rejects.toMatchObject({ code: 'call_cancelled' });
      expect(text(await call(id, 'echo', { text: 'still there' }))).toBe('still there');
    });

    it('reads the lists again when the service says that they changed', async () => {
      const id = await start();
      await world.manager.connect(id);
      const names = () => world.manager.capabilities(id)!.tools.map((tool) => tool.name);
      await waitFor('the tool to appear', async () => {
        if (!names().includes('toggled')) await call(id, 'toggle_tools');
        return waitFor('the list', () => names().includes('toggled'), 500).catch(() => false);
      });
      expect(world.capabilityChanges.length).toBeGreaterThan(1);
    });
  });

  it('tells the service that a call was cancelled', async () => {
    for (const era of ['both', 'legacy'] as const) {
      const service = await fake({ era });
      const abort = new AbortController();
      const cancelled = call(service.id, 'silent', {}, { signal: abort.signal });
      await Promise.race([cancelled, waitFor('the call to arrive', () => service.state.calls.length > 0)]);
      abort.abort();
      await expect(cancelled).rejects.toMatchObject({ code: 'call_cancelled' });
      await waitFor('the cancellation to arrive', () => service.state.cancelled.includes('silent'));
    }
  });

  it('shows the raw messages of one call and of no other', async () => {
    const service = await fake();
    const frames: string[] = [];
    await Promise.all([
      call(service.id, 'echo', { text: 'mine' }, { onFrame: (frame: object) => frames.push(JSON.stringify(frame)) }),
      call(service.id, 'echo', { text: 'others' }),
    ]);
    expect(frames).toHaveLength(2);
    expect(frames.join()).toContain('mine');
    expect(frames.join()).not.toContain('others');
  });

  it('uses one connection for many calls at once', async () => {
    const service = await fake({ era: 'legacy' });
    const results = await Promise.all(
      Array.from({ length: 32 }, (_, each) => call(service.id, 'echo', { text: String(each) })),
    );
    expect(results.map(text)).toEqual(Array.from({ length: 32 }, (_, each) => String(each)));
    expect(service.state.requests.get('tools/list')).toBe(1);
  });

  it.each(['http', 'websocket', 'sse'] as const)(
    'sees that a service over %s was killed, and that it is back',
    async (transport) => {
      const first = await fake({ transport, era: transport === 'sse' ? 'legacy' : 'both' });
      await world.manager.connect(first.id);
      await first.close();
      await waitFor('the loss to be seen', () => stateOf(first.id) === 'stale', 5_000);
      expect(world.health.at(-1)).toMatchObject({ serviceId: first.id, state: 'stale', code: 'upstream_unreachable' });
      await expect(call(first.id, 'echo', { text: 'x' })).rejects.toMatchObject({ code: 'upstream_unreachable' });
      fakes.push(
        await startFakeMcpServer({ transport, port: first.port, era: transport === 'sse' ? 'legacy' : 'both' }),
      );
      await waitFor('the return to be seen', () => stateOf(first.id) === 'ready', 10_000);
      expect(text(await call(first.id, 'echo', { text: 'back' }))).toBe('back');
    },
  );

  it('says that the outcome is unknown when the service dies during a call, and starts a command again', async () => {
    const id = stdio();
    await world.manager.connect(id);
    await expect(call(id, 'crash')).rejects.toMatchObject({ code: 'upstream_lost' });
    await waitFor('the process to be back', () => stateOf(id) === 'ready', 10_000);
    expect(text(await call(id, 'echo', { text: 'again' }))).toBe('again');
    const web = await fake();
    await world.manager.connect(web.id);
    await expect(call(web.id, 'crash')).rejects.toMatchObject({ code: 'upstream_lost' });
  });

  it('makes a new session when the service forgot the old one, and repeats the call that was not taken', async () => {
    await world.end();
    world = aManager({ checkMs: { stdio: 60_000, http: 60_000, websocket: 60_000 } });
    const service = await fake({ era: 'legacy' });
    await world.manager.connect(service.id);
    service.state.forgetSessions();
    expect(text(await call(service.id, 'echo', { text: 'once' }))).toBe('once');
    expect(service.state.calls).toHaveLength(1);
  });

  it('does not repeat a call more than once when the service forgets every session', async () => {
    const service = await fake({ fault: 'forgetful', era: 'legacy' });
    await expect(call(service.id, 'echo', { text: 'x' })).rejects.toMatchObject({ code: 'upstream_protocol' });
  });

  it('never repeats a call whose answer was lost', async () => {
    const service = await fake({ fault: 'wrong-id' });
    await world.manager.connect(service.id);
    await expect(call(service.id, 'echo', { text: 'x' }, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'upstream_timeout',
    });
    const child = stdio('--fault', 'wrong-id');
    await world.manager.connect(child);
    await expect(call(child, 'echo', { text: 'x' }, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'upstream_timeout',
    });
  });

  it('skips noise on standard output', async () => {
    expect(text(await call(stdio(), 'garbage'))).toBe('after the noise');
  });

  it('takes 5 MB over HTTP, and refuses what is too large, without harm to others', async () => {
    const web = await fake();
    expect(text(await call(web.id, 'large', { bytes: 5_000_000 }))).toHaveLength(5_000_000);
    await expect(call(web.id, 'large', { bytes: 17 * 1024 * 1024 })).rejects.toMatchObject({
      code: 'output_too_large',
    });
    const child = stdio();
    const [large, slow] = await Promise.allSettled([
      call(child, 'large', { bytes: 5_000_000 }),
      call(child, 'slow', { ms: 300 }),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'output_too_large' } });
    expect(slow).toMatchObject({ status: 'fulfilled' });
  });

  it("gives the service's own error as such", async () => {
    const service = await fake();
    const error: unknown = await call(service.id, 'upstream_error').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'upstream_error', details: { cause: 'the fake refuses' } });
  });

  it('gives a child a clean environment', async () => {
    const secret = 'GATEHOUSE_SPEC_SECRET';
    process.env[secret] = 'leak';
    try {
      const service = aStdioService('clean');
      world.definitions.put({ ...service, credentials: [{ target: 'env', name: 'API_KEY', value: 'k' }] });
      const environment = JSON.parse(text(await call('clean', 'env')) ?? '') as Record<string, string>;
      expect(environment).toMatchObject({ API_KEY: 'k' });
      expect(environment).not.toHaveProperty(secret);
    } finally {
      delete process.env[secret];
    }
  });

  it('follows a service that is changed, switched off, and deleted', async () => {
    const service = await fake();
    const definition = world.definitions.find(service.id)!;
    await world.manager.connect(service.id);
    const other = await fake({ name: 'other' });
    world.definitions.put({ ...definition, url: other.url, version: 2 });
    world.bus.publish('service.changed', { serviceId: service.id, change: 'updated' });
    await waitFor(
      'the other service to be known',
      () => world.manager.capabilities(service.id)?.serverInfo?.name === 'other',
    );
    world.definitions.put({ ...definition, enabled: false, version: 3 });
    world.bus.publish('service.changed', { serviceId: service.id, change: 'updated' });
    expect(stateOf(service.id)).toBe('disabled');
    await expect(call(service.id, 'echo')).rejects.toMatchObject({ code: 'service_disabled' });
    world.definitions.remove(service.id);
    world.bus.publish('service.changed', { serviceId: service.id, change: 'deleted' });
    await expect(call(service.id, 'echo')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('connects a new service by itself, so that its tools are known before anybody calls one', async () => {
    const service = await fake();
    world.bus.publish('service.changed', { serviceId: service.id, change: 'created' });
    await waitFor('its tools to be known', () => world.manager.capabilities(service.id));
    expect(world.health.map((event) => event.state)).toEqual(['connecting', 'ready']);
  });

  it('reads changed lists once for many changes at a time', async () => {
    await world.end();
    world = aManager({ refreshMs: 300 });
    const service = await fake({ era: 'legacy' });
    await world.manager.connect(service.id);
    const listed = () => world.manager.capabilities(service.id)!.tools.some((tool) => tool.name === 'toggled');
    await waitFor('the tool to appear', () => {
      for (let each = 1; each <= 21; each += 1) service.state.toggleTools();
      return waitFor('the list', () => listed() === service.state.toggled, 1_000).catch(() => false);
    });
    expect(service.state.requests.get('tools/list')).toBeLessThanOrEqual(4);
  });

  it('gives up a command that nobody uses, and starts it again for the next call', async () => {
    await world.end();
    world = aManager({ idleMs: { stdio: 50, http: undefined, websocket: undefined } });
    const id = stdio();
    await call(id, 'echo', { text: 'one' });
    await waitFor(
      'the process to end',
      async () => !world.manager.isConnected(id) && (await descendantsOf(process.pid)).length === 0,
    );
    expect(stateOf(id)).toBe('ready');
    expect(text(await call(id, 'echo', { text: 'two' }))).toBe('two');
  });

  it('does not start a failing command over and over for its callers', async () => {
    await world.end();
    world = aManager({
      backoff: {
        stdio: { firstMs: 60_000, maxMs: 60_000 },
        http: { firstMs: 1, maxMs: 1 },
        websocket: { firstMs: 1, maxMs: 1 },
      },
    });
    const id = stdio('--fault', 'dies-at-once');
    const failure: unknown = await call(id, 'echo').catch((reason: unknown) => reason);
    expect(failure).toMatchObject({
      code: 'upstream_command_failed',
      details: { cause: 'exit code 3: fatal: no licence found' },
    });
    const again: unknown = await call(id, 'echo').catch((reason: unknown) => reason);
    expect(again).toBe(failure);
  });

  it('waits for a connection no longer than the caller allows', async () => {
    const service = await fake({ fault: 'never-answers' });
    await expect(call(service.id, 'echo', {}, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'upstream_unreachable',
    });
    const abort = new AbortController();
    const cancelled = call(service.id, 'echo', {}, { signal: abort.signal });
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'call_cancelled' });
  });

  it('starts further processes of a command while calls wait, where its pool may have them', async () => {
    await world.end();
    world = aManager({ extra: { ...DEFAULT_SETTINGS.extra, pauseMs: 50 } });
    const service = aStdioService('pooled');
    world.definitions.put({ ...service, config: { ...service.config, pool: { min: 1, max: 3 } } });
    await world.manager.connect('pooled');
    const size = () => world.manager.numbers('pooled')?.connections ?? 0;
    await waitFor('another process', async () => {
      await Promise.all(Array.from({ length: 8 }, () => call('pooled', 'slow', { ms: 100 })));
      return size() > 1;
    });
    expect(size()).toBeLessThanOrEqual(3);
    expect(world.manager.numbers('pooled')).toMatchObject({ busy: 0, waiting: 0, breaker: 'closed' });
  });

  it('leaves a service alone whose calls keep breaking, says so, and tries again by itself', async () => {
    await world.end();
    const open = { firstMs: 100, maxMs: 100 };
    world = aManager({ breaker: { ...DEFAULT_SETTINGS.breaker, open } });
    const service = await fake();
    service.state.cutsCalls = true;
    await world.manager.connect(service.id);
    for (let each = 0; each < 5; each += 1)
      await expect(call(service.id, 'echo', { text: 'x' })).rejects.toMatchObject({ code: 'upstream_lost' });
    expect(world.manager.health(service.id)).toMatchObject({ state: 'degraded', code: 'upstream_unavailable' });
    await expect(call(service.id, 'echo', { text: 'x' })).rejects.toMatchObject({ code: 'upstream_unavailable' });
    service.state.cutsCalls = false;
    const again = await waitFor('the service to be tried again', () =>
      call(service.id, 'echo', { text: 'again' }).catch(() => undefined),
    );
    expect([text(again), stateOf(service.id)]).toEqual(['again', 'ready']);
  });

  it('serves twelve services at once and harms none of them when one dies', async () => {
    const services = await Promise.all(
      Array.from({ length: 12 }, (_, each) => fake({ era: each % 2 ? 'legacy' : 'both' })),
    );
    await Promise.all(services.map((service) => world.manager.connect(service.id)));
    const victim = services[0];
    const rounds = Array.from({ length: 5 }, (_, each) => each);
    const healthy = services
      .slice(1)
      .flatMap((service) => rounds.map((each) => call(service.id, 'echo', { text: `${each}` })));
    await victim.close();
    const results = await Promise.allSettled(healthy);
    expect(results.every((result) => result.status === 'fulfilled')).toBe(true);
  });

  describe('with servers from npm', () => {
    it('speaks to the everything server by stdio', async () => {
      const args = [join(SERVERS, 'server-everything/dist/index.js'), 'stdio'];
      world.definitions.put(
        aService({
          id: 'e',
          type: 'stdio',
          config: { connect: 'on-demand', command: process.execPath, args, cwd: process.cwd() },
        }),
      );
      expect(text(await call('e', 'get-sum', { a: 1, b: 2 }))).toContain('3');
      expect(world.manager.capabilities('e')!.tools.length).toBeGreaterThan(10);
    });

    it('lists files, and keeps notes', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'gatehouse-files-'));
      const command = process.execPath;
      const start = (id: string, server: string, more: string[], env = {}) =>
        world.definitions.put(
          aService({
            id,
            type: 'stdio',
            config: {
              connect: 'on-demand',
              command,
              args: [join(SERVERS, server, 'dist/index.js'), ...more],
              env,
              cwd: process.cwd(),
            },
          }),
        );
      try {
        start('files', 'server-filesystem', [folder]);
        start('notes', 'server-memory', [], { MEMORY_FILE_PATH: join(folder, 'notes.json') });
        await call('files', 'write_file', { path: join(folder, 'a.txt'), content: 'hello' });
        expect(text(await call('files', 'list_directory', { path: folder }))).toContain('a.txt');
        await call('notes', 'create_entities', {
          entities: [{ name: 'Ada', entityType: 'person', observations: ['counts'] }],
        });
        expect(text(await call('notes', 'read_graph'))).toContain('Ada');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('recovers from a kill of the everything server over HTTP, whose sessions are gone then', async () => {
      const port = await freePort();
      const start = async (): Promise<ChildProcess> => {
        const args = [join(SERVERS, 'server-everything/dist/index.js'), 'streamableHttp'];
        const child = spawn(process.execPath, args, { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
        await waitFor('it to listen', async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0, 20_000);
        return child;
      };
      const first = await start();
      world.definitions.put(aService({ id: 'e', url: `http://127.0.0.1:${port}/mcp` }));
      expect(text(await call('e', 'echo', { message: 'one' }))).toContain('one');
      first.kill('SIGKILL');
      await waitFor('the loss to be seen', () => stateOf('e') === 'stale', 5_000);
      const second = await start();
      await waitFor('the return to be seen', () => stateOf('e') === 'ready', 10_000);
      expect(text(await call('e', 'echo', { message: 'two' }))).toContain('two');
      second.kill('SIGKILL');
      await waitFor('it to be gone', async () => (await descendantsOf(process.pid)).length === 0);
    });
  });
});
