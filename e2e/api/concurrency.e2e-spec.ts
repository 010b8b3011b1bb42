import { connect, type Socket } from 'node:net';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { connectMcp } from '../support/mcp-client.js';
import { addPerson, register, startProduct, type Product, type ServiceView } from '../support/product.js';

const times = <T>(count: number, act: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));

/** What happens at the same moment. */
describe('concurrency', () => {
  let product: Product;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '120' } });
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await fake.close();
  });

  const statuses = (answers: Response[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  const aService = (name: string): Promise<ServiceView> =>
    register(product.owner, { name, slug: name, type: 'http', url: fake.url });

  it('of twenty changes of one version exactly one wins', async () => {
    const service = await aService('versions');
    const group = await product.owner.call<{ id: string; version: number }>('POST', '/api/groups', {
      name: 'versions',
    });
    const { person } = await addPerson(product, 'versions@example.org');
    const targets: [string, object][] = [
      [`/api/mcp/services/${service.id}`, { category: 'c' }],
      [`/api/groups/${group.id}`, { description: 'd' }],
      [`/api/users/${person.id}`, { displayName: 'D' }],
    ];
    for (const [path, change] of targets) {
      const { version } = await product.owner.call<{ version: number }>('GET', path);
      const answers = await times(20, (at) => product.owner.fetch('PUT', path, { ...withSuffix(change, at), version }));
      expect([path, statuses(answers)]).toEqual([path, { 200: 1, 412: 19 }]);
    }
  });

  it('of twenty equal additions exactly one is made', async () => {
    const service = await aService('additions');
    const group = await product.owner.call<{ id: string }>('POST', '/api/groups', { name: 'additions' });
    const { person } = await addPerson(product, 'additions@example.org');
    const additions: [string, object][] = [
      [`/api/groups/${group.id}/members`, { userId: person.id }],
      ['/api/mcp/grants', { subject: { kind: 'user', id: person.id }, serviceId: service.id, effect: 'deny' }],
      ['/api/groups', { name: 'once only' }],
      ['/api/users', { email: 'once@example.org', displayName: 'Once' }],
      ['/api/mcp/services', { name: 'once', slug: 'once', type: 'http', url: fake.url }],
      ['/api/roles', { name: 'once', title: 'Once', permissions: ['tools:use'] }],
    ];
    for (const [path, body] of additions) {
      const answers = await times(20, () => product.owner.fetch('POST', path, body));
      expect([path, statuses(answers)]).toEqual([path, { 201: 1, 409: 19 }]);
    }
  });

  it.each([
    ['deleted', (id: string) => product.owner.fetch('DELETE', `/api/mcp/services/${id}`)],
    ['switched off', (id: string) => product.owner.fetch('PUT', `/api/mcp/services/${id}/enabled`, { enabled: false })],
  ])('a service that is %s during calls leaves each of them with a clear end', async (how, end) => {
    const service = await aService(`ended-${how.replace(' ', '-')}`);
    const { caller } = await addPerson(product, `${how.replace(' ', '.')}@example.org`);
    const calls = times(24, (at) =>
      caller.fetch('POST', `/api/mcp/services/${service.id}/tools/slow`, {
        arguments: { ms: 20 * at },
        timeoutMs: 5_000,
      }),
    );
    await waitFor('a call to arrive', () => fake.state.calls.some(({ tool }) => tool === 'slow'));
    expect((await end(service.id)).ok).toBe(true);
    const answers = await calls;
    for (const { status } of answers) expect([200, 404, 409, 499, 502, 503]).toContain(status);
    expect(answers.some(({ status }) => status !== 200)).toBe(true);
    const { items } = await product.owner.call<{ items: { status: string; tool: string }[] }>(
      'GET',
      '/api/audit/calls?status=running',
    );
    expect(items).toEqual([]);
  });

  it('a list that changes during a call does not touch the call', async () => {
    const service = await aService('lists');
    const { caller } = await addPerson(product, 'lists@example.org');
    const url = `/api/mcp/services/${service.id}/tools`;
    const slow = times(5, () => caller.fetch('POST', `${url}/slow`, { arguments: { ms: 300 } }));
    for (let each = 0; each < 4; each += 1) await caller.call('POST', `${url}/toggle_tools`, { arguments: {} });
    expect(statuses(await slow)).toEqual({ 200: 5 });
  });

  it('fifty sign-ins at once are answered, each with a session or with when to come back', async () => {
    const people = Array.from({ length: 50 }, (_, at) => ({
      email: `crowd${at}@example.org`,
      password: 'a sufficiently long one',
    }));
    for (const { email, password } of people.slice(0, 10))
      await product.owner.call('POST', '/api/users', { email, displayName: email, password });
    const answers = await times(50, (at) =>
      product.gatehouse.caller().fetch('POST', '/api/auth/login', people[at % 10]),
    );
    for (const answer of answers) {
      expect([200, 429]).toContain(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(answers.some(({ status }) => status === 200)).toBe(true);
  });

  it('two hundred calls at once are answered or told when to come back, and all are on record', async () => {
    const service = await aService('limits');
    const { caller, person } = await addPerson(product, 'limits@example.org');
    const answers = await times(200, () =>
      caller.fetch('POST', `/api/mcp/services/${service.id}/tools/echo`, { arguments: { text: 'x' } }),
    );
    const counts = statuses(answers);
    expect(Object.keys(counts).sort()).toEqual(['200', '429']);
    expect(counts['200']).toBeLessThanOrEqual(120);
    for (const answer of answers.filter(({ status }) => status === 429))
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const usage = await product.owner.call<{ items: { key: string; calls: number }[] }>('GET', '/api/usage?by=user');
    expect(usage.items.find(({ key }) => key === person.id)?.calls).toBe(200);
  });

  it('readers that stop reading hold nobody up, and do not outlive the stop', async () => {
    const service = await aService('readers');
    const { caller } = await addPerson(product, 'readers@example.org');
    const { secret } = await caller.withApiKey({ name: 'deaf' });
    const { hostname, port } = new URL(product.gatehouse.url);
    const deaf: Socket[] = await times(10, async () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
      await new Promise((resolve) => socket.once('data', resolve));
      return socket.pause();
    });
    const client = await connectMcp(product.gatehouse.url, secret, 'legacy');
    for (let each = 0; each < 20; each += 1) {
      const { version } = await product.owner.call<{ version: number }>('GET', `/api/mcp/services/${service.id}`);
      await product.owner.call('PUT', `/api/mcp/services/${service.id}`, { category: `c${each}`, version });
    }
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();
    deaf.forEach((socket) => socket.destroy());
  });
});

const withSuffix = (change: object, at: number): object =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, `${String(value)}${at}`]));
