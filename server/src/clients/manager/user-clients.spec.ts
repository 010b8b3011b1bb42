import { descendantsOf, startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import type { Credential } from '../../services/index.js';
import { aManager, aService, aStdioService, aTool } from '../clients.fixture.js';
import { DEFAULT_SETTINGS } from './settings.js';

const SERVICE_TOKEN = 'Bearer of-the-service';

describe('a service that everybody uses with an account of their own', () => {
  let world: ReturnType<typeof aManager>;
  const fakes: RunningFakeMcp[] = [];

  beforeEach(() => (world = aManager()));
  afterEach(async () => {
    await world.end();
    await Promise.all(fakes.splice(0).map((each) => each.close()));
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  const perUser = { connect: 'on-demand', sharing: 'per-user' } as const;
  const credential = (value: string): Credential => ({ target: 'header', name: 'Authorization', value });
  const start = async (options: Parameters<typeof startFakeMcpServer>[0] = {}) => {
    const fake = await startFakeMcpServer(options);
    fakes.push(fake);
    const service = world.definitions.put(
      aService({
        id: 'mine',
        type: options.transport === 'websocket' ? 'websocket' : 'http',
        url: fake.url,
        config: perUser,
        credentials: [credential(SERVICE_TOKEN)],
      }),
    );
    return { ...fake, service };
  };
  const account = (userId: string, value = `Bearer of-${userId}`): void => {
    const service = world.definitions.find('mine')!;
    world.users.definitions.set(`mine:${userId}`, { ...service, credentials: [credential(value)] });
  };
  const whoami = async (userId?: string): Promise<string | undefined> => {
    const { content } = await world.manager.callTool(
      'mine',
      aTool('whoami'),
      {},
      userId === undefined ? {} : { userId },
    );
    return (JSON.parse((content as { text: string }[])[0]?.text ?? '') as Record<string, string>).authorization;
  };

  it.each([
    ['http', 'both'],
    ['http', 'legacy'],
    ['websocket', 'legacy'],
    ['sse', 'legacy'],
  ] as const)('never sends what one person entered with a call of another, over %s, %s', async (transport, era) => {
    await start({ transport, era });
    account('ada');
    account('bob');
    const asked = Array.from({ length: 24 }, (_, each) => (each % 2 ? 'ada' : 'bob'));
    const answers = await Promise.all(asked.map((userId) => whoami(userId)));
    expect(answers).toEqual(asked.map((userId) => `Bearer of-${userId}`));
  });

  it('reads its lists with the credentials of the service, and never with those of a person', async () => {
    const { state } = await start({ era: 'legacy' });
    account('ada');
    await world.manager.connect('mine');
    const before = state.requests.get('tools/list');
    await whoami('ada');
    expect(state.requests.get('tools/list')).toBe(before);
    expect(world.capabilityChanges).toHaveLength(1);
  });

  it.each([undefined, 'eve', ''])('refuses a call of %p, who entered nothing', async (userId) => {
    const { state } = await start();
    account('ada');
    await whoami('ada');
    await expect(whoami(userId)).rejects.toMatchObject({ code: 'upstream_credentials_missing' });
    expect(state.calls).toHaveLength(1);
  });

  it('reads resources, gets prompts and completes by the same rule, and watches nothing', async () => {
    await start();
    const { manager } = world;
    const missing = { code: 'upstream_credentials_missing' };
    await expect(manager.readResource('mine', 'fake://greeting/Ada')).rejects.toMatchObject(missing);
    await expect(manager.getPrompt('mine', 'hello', { name: 'Ada' })).rejects.toMatchObject(missing);
    const ref = { type: 'ref/prompt', name: 'hello' } as const;
    await expect(manager.complete('mine', ref, { name: 'name', value: 'a' })).rejects.toMatchObject(missing);
    expect(() => manager.watchResource('mine', 'fake://greeting/Ada', () => undefined)).toThrow(
      expect.objectContaining({ code: 'watch_unsupported' }),
    );
  });

  it('says whose credentials were refused, and is none the worse for it', async () => {
    await start({ token: 'of-the-service' });
    await world.manager.connect('mine');
    account('ada', 'Bearer wrong');
    account('bob', SERVICE_TOKEN);
    await expect(whoami('ada')).rejects.toMatchObject({ code: 'upstream_credentials_refused' });
    expect(await whoami('bob')).toBe(SERVICE_TOKEN);
    expect(world.manager.health('mine').state).toBe('ready');
  });

  it('takes a new connection once the credentials are others, and none once they are gone', async () => {
    await start({ era: 'legacy' });
    account('ada');
    await whoami('ada');
    account('ada', 'Bearer new');
    world.bus.publish('user-credentials.changed', { serviceId: 'mine', userId: 'ada' });
    expect(await whoami('ada')).toBe('Bearer new');
    world.users.definitions.clear();
    world.bus.publish('user.changed', { userId: 'ada', change: 'updated' });
    await expect(whoami('ada')).rejects.toMatchObject({ code: 'upstream_credentials_missing' });
  });

  it('follows a change of the service', async () => {
    const { service } = await start();
    account('ada');
    await whoami('ada');
    world.definitions.put({ ...service, enabled: false, version: 2 });
    account('ada');
    world.bus.publish('service.changed', { serviceId: 'mine', change: 'updated' });
    await expect(whoami('ada')).rejects.toMatchObject({ code: 'service_disabled' });
  });

  it('gives each person a process of their own, and no more than there may be', async () => {
    await world.end();
    const { most } = DEFAULT_SETTINGS.users;
    world = aManager({ users: { most: { ...most, stdio: 2 }, idleMs: 60_000 } });
    const { config } = aStdioService('mine');
    const service = world.definitions.put({ ...aStdioService('mine'), config: { ...config, ...perUser } });
    for (const userId of ['ada', 'bob', 'eve'])
      world.users.definitions.set(`mine:${userId}`, {
        ...service,
        credentials: [{ target: 'env', name: 'API_KEY', value: userId }],
      });
    const key = async (userId: string, tool = 'env', args = {}) => {
      const { content } = await world.manager.callTool('mine', aTool(tool), args, { userId });
      const text = (content as { text: string }[])[0]?.text ?? '';
      return text.startsWith('{') ? (JSON.parse(text) as Record<string, string>)['API_KEY'] : text;
    };
    expect(await Promise.all(['ada', 'bob'].map((userId) => key(userId)))).toEqual(['ada', 'bob']);
    // Whoever was idle for longest makes room.
    expect([await key('eve'), await key('bob')]).toEqual(['eve', 'bob']);
    expect(world.manager.numbers('mine')).toMatchObject({ connections: 2 });
    const slow = Promise.all([key('eve', 'slow', { ms: 1_500 }), key('bob', 'slow', { ms: 1_500 })]);
    await expect(key('ada')).rejects.toMatchObject({ code: 'too_many_calls' });
    await slow;
    expect(await key('ada')).toBe('ada');
  });
});
