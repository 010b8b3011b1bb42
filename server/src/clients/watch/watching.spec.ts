import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { aManager, aService, aStdioService, aTool } from '../clients.fixture.js';

describe('watching resources', () => {
  let world: ReturnType<typeof aManager>;
  const fakes: RunningFakeMcp[] = [];

  beforeEach(() => (world = aManager()));
  afterEach(async () => {
    await world.end();
    await Promise.all(fakes.splice(0).map((each) => each.close()));
  });

  const fake = async (options: Parameters<typeof startFakeMcpServer>[0] = {}) => {
    const started = await startFakeMcpServer(options);
    fakes.push(started);
    const type = options.transport === 'websocket' ? 'websocket' : 'http';
    const service = world.definitions.put(aService({ id: started.url, slug: started.url, type, url: started.url }));
    return { ...started, id: service.id };
  };
  const touch = (id: string, uri: string) => world.manager.callTool(id, aTool('touch'), { uri });
  const watch = (id: string, uri: string) => {
    const heard: string[] = [];
    const stop = world.manager.watchResource(id, uri, (changed) => heard.push(changed));
    return { heard, stop };
  };
  /** Touches until it is heard: when a subscription has reached the service cannot be seen from outside. */
  const hears = (id: string, uri: string, { heard }: { heard: string[] }) =>
    waitFor(`a change of ${uri}`, async () => {
      await touch(id, uri);
      return waitFor('it to be heard', () => heard.includes(uri), 300).catch(() => false);
    });

  it.each([
    ['http', 'modern'],
    ['http', 'legacy'],
    ['sse', 'legacy'],
    ['websocket', 'modern'],
    ['websocket', 'legacy'],
    ['stdio', 'modern'],
    ['stdio', 'legacy'],
  ] as const)('over %s, of a %s service, tells exactly those who watch', async (transport, era) => {
    const id =
      transport === 'stdio'
        ? world.definitions.put(aStdioService('stdio', '--era', era)).id
        : (await fake({ transport, era })).id;
    await world.manager.connect(id);
    const text = watch(id, 'fake://text');
    const binary = watch(id, 'fake://binary');
    await hears(id, 'fake://text', text);
    expect(binary.heard).toEqual([]);
    await hears(id, 'fake://binary', binary);
    text.stop();
    text.heard.length = 0;
    binary.heard.length = 0;
    await touch(id, 'fake://text');
    await hears(id, 'fake://binary', binary);
    expect([text.heard, binary.heard.includes('fake://text')]).toEqual([[], false]);
  });

  it('asks the service once however many watch, and stops when the last has left', async () => {
    const { id, state } = await fake({ era: 'legacy' });
    await world.manager.connect(id);
    const first = watch(id, 'fake://text');
    const second = watch(id, 'fake://text');
    await hears(id, 'fake://text', first);
    expect(second.heard).toContain('fake://text');
    expect(state.requests.get('resources/subscribe')).toBe(1);
    first.stop();
    first.stop();
    second.heard.length = 0;
    await hears(id, 'fake://text', second);
    expect(state.requests.get('resources/unsubscribe')).toBeUndefined();
    second.stop();
    await waitFor('the service to be told', () => state.requests.get('resources/unsubscribe') === 1);
  });

  it('hears of a part of what is watched', async () => {
    const { id } = await fake({ era: 'legacy' });
    const folder = watch(id, 'fake://folder');
    const sibling = watch(id, 'fake://fold');
    await hears(id, 'fake://folder/file', folder);
    expect(sibling.heard).toEqual([]);
  });

  it.each(['modern', 'legacy'] as const)('goes on after a %s service was gone, and says so once', async (era) => {
    const first = await fake({ era });
    const text = watch(first.id, 'fake://text');
    await hears(first.id, 'fake://text', text);
    text.heard.length = 0;
    await first.close();
    await waitFor('the loss', () => !world.manager.isConnected(first.id), 5_000);
    fakes.push(await startFakeMcpServer({ era, port: first.port }));
    await waitFor('what was missed', () => text.heard.includes('fake://text'), 10_000);
    text.heard.length = 0;
    await hears(first.id, 'fake://text', text);
  });

  it('connects by itself, and keeps a command that is only watched', async () => {
    await world.end();
    world = aManager({ idleMs: { stdio: 20, http: undefined, websocket: undefined } });
    const id = world.definitions.put(aStdioService('watched')).id;
    const text = watch(id, 'fake://text');
    await waitFor('the connection', () => world.manager.isConnected(id), 10_000);
    await hears(id, 'fake://text', text);
    expect(world.manager.isConnected(id)).toBe(true);
    text.stop();
    await waitFor('the command to end', () => !world.manager.isConnected(id));
  });

  it('is refused where the service reports nothing', async () => {
    const { id } = await fake({ unwatchable: true });
    await world.manager.connect(id);
    expect(() => watch(id, 'fake://text')).toThrow(expect.objectContaining({ code: 'watch_unsupported' }));
    expect(() => watch('nobody', 'fake://text')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('takes a resource that the service refuses for that one only', async () => {
    const { id, state } = await fake({ era: 'legacy' });
    const refused = watch(id, 'fake://unwatchable');
    const text = watch(id, 'fake://text');
    await hears(id, 'fake://text', text);
    watch(id, 'fake://binary');
    await waitFor('the third to be asked for', () => state.requests.get('resources/subscribe') === 3);
    expect(refused.heard).toEqual([]);
  });
});
