import { createParser } from 'eventsource-parser';
import { ApiCaller, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { connectV2 } from '../gateway/spec/mcp-clients.js';
import { RunningProduct, type Person } from '../spec/running-product.js';

interface Source {
  id: string;
  era: string;
  endpoint: string;
  person: { email: string };
  client: { name: string } | null;
  requests: number;
}
interface Frame {
  n: number;
  hop: 'client' | 'service';
  direction: 'in' | 'out';
  message: { method?: string; result?: unknown; error?: { data?: { code: string } } };
}
interface Answer {
  frames: Frame[];
}

const CANARY = 'canary-inspector-4711';

describe('the inspector', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let bob: Person;
  let admin: ApiCaller;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    const serviceId = await product.addService('fake', fake.url, {
      auth: { credentials: [{ target: 'header', name: 'Authorization', value: CANARY }] },
    });
    ann = await product.addPerson('ann');
    bob = await product.addPerson('bob');
    admin = product.callerOf(await product.addPerson('root', ['admin']));
    await product.grant(ann, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const sources = (): Promise<Source[]> => product.owner.call('GET', '/api/inspector/sources');
  const sourceOf = async (person: Person, era: string): Promise<Source> => {
    const source = (await sources()).find((each) => each.person.email === person.email && each.era === era);
    if (!source) throw new Error(`${person.email} has no ${era} source`);
    return source;
  };
  /** Frames as they come, until `stop`. */
  const follow = async (id: string): Promise<{ frames: Frame[]; stop: () => Promise<void> }> => {
    const response = await product.owner.fetch('GET', `/api/inspector/sources/${id}/frames`);
    const reader = response.body?.getReader();
    const frames: Frame[] = [];
    const parser = createParser({ onEvent: ({ data }) => frames.push(JSON.parse(data) as Frame) });
    const read = async (): Promise<void> => {
      const decoder = new TextDecoder();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        parser.feed(decoder.decode(part.value, { stream: true }));
      }
    };
    void read();
    return { frames, stop: async () => reader?.cancel() };
  };
  const run = (body: object, as = product.owner): Promise<Answer> => as.call('POST', '/api/inspector/requests', body);

  describe.each(['modern', 'legacy'] as const)('looking at a %s client', (era) => {
    it('shows both hops in order, and nothing of others, with secrets masked', async () => {
      const [ofAnn, ofBob] = await Promise.all([
        connectV2(product.url, ann.key, era),
        connectV2(product.url, bob.key, era),
      ]);
      await Promise.all([ofAnn.listTools(), ofBob.listTools()]);
      const source = await sourceOf(ann, era);
      expect(source).toMatchObject({ endpoint: '/mcp', client: { name: 'gatehouse-spec' } });
      const { frames, stop } = await follow(source.id);
      await ofBob.listTools();
      await ofAnn.callTool({ name: 'fake__echo', arguments: { text: `it is ${CANARY}` } });
      await waitFor('the answer to be shown', () => frames.length >= 4);
      expect(frames.slice(0, 4).map(({ hop, direction }) => `${hop} ${direction}`)).toEqual([
        'client in',
        'service out',
        'service in',
        'client out',
      ]);
      expect(frames.every(({ message }) => message.method === undefined || message.method === 'tools/call')).toBe(true);
      expect(JSON.stringify(frames)).not.toContain(CANARY);
      await stop();
      await Promise.all([ofAnn.close(), ofBob.close()]);
    });
  });

  it('puts on the trail who looked at whom', async () => {
    const { items } = await product.owner.call<{ items: { action: string; target: { name: string } }[] }>(
      'GET',
      '/api/audit/events?limit=50',
    );
    expect(items.find(({ action }) => action === 'inspector.watch')?.target.name).toBe(ann.email);
  });

  it('is for those who hold the permission', async () => {
    const caller = product.callerOf(ann);
    await expect(caller.call('GET', '/api/inspector/sources')).rejects.toThrow('→ 403');
    await expect(run({ endpoint: '/mcp', method: 'tools/list', params: {} }, caller)).rejects.toThrow('→ 403');
  });

  it('knows no client that is not there', async () => {
    await expect(product.owner.call('GET', '/api/inspector/sources/nobody/frames')).rejects.toThrow('→ 404');
  });

  describe('running a request', () => {
    const call = (as?: object) => ({
      endpoint: '/mcp/s/fake',
      method: 'tools/call',
      params: { name: 'echo', arguments: { text: 'hello' } },
      ...(as && { as }),
    });
    const last = ({ frames }: Answer): Frame['message'] => frames.at(-1)?.message ?? {};

    it('as oneself takes one’s own grants', async () => {
      expect(last(await run(call())).error?.data?.code).toBe('tool_not_found');
    });

    it('as somebody else takes theirs, and records name both', async () => {
      const answer = await run(call({ kind: 'user', id: ann.id }));
      expect(last(answer).result).toMatchObject({ content: [{ text: 'hello' }] });
      expect(answer.frames.map(({ hop, direction }) => `${hop} ${direction}`)).toEqual([
        'client in',
        'service out',
        'service in',
        'client out',
      ]);
      const { items } = await product.owner.call<{ items: object[] }>('GET', '/api/audit/calls?limit=1&door=inspector');
      expect(items[0]).toMatchObject({
        status: 'success',
        user: { email: 'owner@example.org' },
        credential: { name: expect.stringContaining(`→ ${ann.email}`) },
      });
      expect(last(await run(call({ kind: 'user', id: bob.id }))).error?.data?.code).toBe('tool_not_found');
    });

    it('as a group takes what the group was granted', async () => {
      const { id } = await product.owner.call<{ id: string }>('POST', '/api/groups', { name: 'Readers' });
      const list = { endpoint: '/mcp', method: 'tools/list', params: {}, as: { kind: 'group', id } };
      expect(last(await run(list)).result).toMatchObject({ tools: [] });
      await product.owner.call('POST', '/api/mcp/grants', {
        subject: { kind: 'group', id },
        serviceId: (await product.owner.call<{ items: { id: string }[] }>('GET', '/api/mcp/services')).items[0]?.id,
        effect: 'allow',
        tool: 'echo',
      });
      expect(last(await run(list)).result).toMatchObject({ tools: [{ name: 'fake__echo' }] });
    });

    it('as somebody else takes a permission of its own, and is on the trail before it happens', async () => {
      await expect(run(call({ kind: 'user', id: ann.id }), admin)).rejects.toThrow('permission_missing');
      const { items } = await product.owner.call<{ items: { action: string; target: { name: string } }[] }>(
        'GET',
        '/api/audit/events?limit=50',
      );
      expect(items.filter(({ action }) => action === 'inspector.run-as').map(({ target }) => target.name)).toContain(
        ann.email,
      );
    });

    it.each([
      ['no endpoint', { endpoint: '/mcp/x', method: 'tools/list', params: {} }, 404],
      ['somewhere else', { endpoint: '/api/users', method: 'tools/list', params: {} }, 400],
      ['what never ends', { endpoint: '/mcp', method: 'subscriptions/listen', params: { notifications: {} } }, 400],
      ['nobody', { endpoint: '/mcp', method: 'tools/list', params: {}, as: { kind: 'user', id: 'nobody' } }, 404],
    ])('refuses %s', (_, body, status) => expect(run(body)).rejects.toThrow(`→ ${status}`));
  });
});
