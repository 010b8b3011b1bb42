import type { Client } from '@modelcontextprotocol/client';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../spec/running-product.js';
import { callTool, connectV2 } from './spec/mcp-clients.js';

interface Profile {
  id: string;
  version: number;
}

describe('MCP clients at /mcp/p/<profile>', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let serviceId: string;
  let ann: Person;
  const clients: Client[] = [];

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
  });

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await product.stop();
    await fake.close();
  });

  const connect = async (slug: string, era: 'modern' | 'legacy' = 'modern', key = ann.key): Promise<Client> => {
    const client = await connectV2(product.url, key, era, { path: `/mcp/p/${slug}` });
    clients.push(client);
    return client;
  };
  const toAnn = (effect = 'allow') => ({ grants: [{ subject: { kind: 'user', id: ann.id }, effect }] });
  const profile = (slug: string, fields: object): Promise<Profile> =>
    product.owner.call<Profile>('POST', '/api/mcp/profiles', { slug, accessControl: toAnn(), ...fields });
  const change = (id: string, version: number, fields: object): Promise<Profile> =>
    product.owner.call<Profile>('PUT', `/api/mcp/profiles/${id}`, { version, ...fields });
  const namesOf = async (client: Client): Promise<string[]> => (await client.listTools()).tools.map(({ name }) => name);
  const echo = { serviceId: 'fake', tool: 'echo' };

  it.each(['modern', 'legacy'] as const)('see its tools under their names there, %s', async (era) => {
    await profile(`named-${era}`, {
      items: [
        { ...echo, alias: 'say_again', description: '把文字原样返回' },
        { serviceId: 'fake', tool: 'add' },
      ],
    });
    const client = await connect(`named-${era}`, era);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['fake__add', 'say_again']);
    expect(tools[1]).toMatchObject({ description: '把文字原样返回', inputSchema: { type: 'object' } });
    expect((await callTool(client, 'say_again', { text: '你好' })).content).toEqual([{ type: 'text', text: '你好' }]);
    await expect(callTool(client, 'fake__echo', { text: 'x' })).rejects.toMatchObject({ code: -32602 });
  });

  it('may use through it what they may not use otherwise, and nothing more', async () => {
    await profile('only-echo', { items: [echo] });
    const [through, straight] = await Promise.all([connect('only-echo'), connectV2(product.url, ann.key, 'modern')]);
    clients.push(straight);
    expect((await callTool(through, 'fake__echo', { text: 'hi' })).content).toEqual([{ type: 'text', text: 'hi' }]);
    const { items } = await product.owner.call<{ items: object[] }>('GET', '/api/audit/calls?limit=1');
    expect(items[0]).toMatchObject({ tool: 'echo', profile: 'only-echo' });
    await expect(callTool(through, 'fake__add', { a: 1, b: 2 })).rejects.toMatchObject({
      data: { code: 'tool_not_found' },
    });
    expect(await namesOf(straight)).toEqual([]);
    await expect(callTool(straight, 'fake__echo', { text: 'hi' })).rejects.toMatchObject({
      data: { code: 'tool_not_found' },
    });
  });

  it('are stopped by a denial of the tool, which says so', async () => {
    await profile('denied', { items: [{ serviceId: 'fake' }] });
    const client = await connect('denied');
    const denial = await product.grant(ann, serviceId, 'add', 'deny');
    expect(await namesOf(client)).not.toContain('fake__add');
    await expect(callTool(client, 'fake__add', { a: 1, b: 2 })).rejects.toMatchObject({
      data: { code: 'access_denied' },
    });
    await product.owner.call('DELETE', `/api/mcp/grants/${denial}`);
  });

  it('find nothing at one that is not theirs, denied to them, switched off or not there, and are told the same', async () => {
    const items = [{ serviceId: 'fake', content: true }];
    await profile('others', { items, accessControl: { grants: [] } });
    await profile('never', {
      items,
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }, ...toAnn('deny').grants] },
    });
    await profile('off', { items, enabled: false });
    const told = await Promise.all(
      ['others', 'never', 'off', 'nowhere'].map(async (slug) => {
        const client = await connect(slug);
        expect(await namesOf(client)).toEqual([]);
        expect((await client.listResources()).resources).toEqual([]);
        expect((await client.listPrompts()).prompts).toEqual([]);
        await expect(client.readResource({ uri: 'gatehouse://fake/fake://text' })).rejects.toMatchObject({
          code: -32602,
        });
        const error: unknown = await callTool(client, 'fake__echo', { text: 'x' }).catch((thrown: unknown) => thrown);
        const { code, message } = error as { code: number; message: string };
        return JSON.stringify([client.getInstructions()?.replace(slug, '…'), code, message]);
      }),
    );
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('No profile');
  });

  it('get prompts and resources only of services that bring them along', async () => {
    const with_ = { serviceId: 'fake', content: true };
    await profile('with-content', { items: [with_] });
    await profile('without-content', { items: [{ serviceId: 'fake' }] });
    const rich = await connect('with-content');
    const uri = 'gatehouse://fake/fake://text';
    expect((await rich.listResources()).resources.map((resource) => resource.uri)).toContain(uri);
    expect((await rich.readResource({ uri })).contents).toHaveLength(1);
    expect((await rich.listPrompts()).prompts.map(({ name }) => name)).toContain('fake__hello');
    expect((await rich.getPrompt({ name: 'fake__plain' })).messages.length).toBeGreaterThan(0);
    const poor = await connect('without-content');
    expect((await poor.listResources()).resources).toEqual([]);
    await expect(poor.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
    await expect(poor.getPrompt({ name: 'fake__plain' })).rejects.toMatchObject({ code: -32602 });
  });

  it('keep a direct grant out of it: the profile alone decides what its endpoint shows', async () => {
    const direct = await product.grant(ann, serviceId);
    await profile('small', { items: [echo] });
    const client = await connect('small');
    expect(await namesOf(client)).toEqual(['fake__echo']);
    await expect(callTool(client, 'fake__add', { a: 1, b: 2 })).rejects.toMatchObject({ code: -32602 });
    await expect(client.readResource({ uri: 'gatehouse://fake/fake://text' })).rejects.toMatchObject({ code: -32602 });
    await product.owner.call('DELETE', `/api/mcp/grants/${direct}`);
  });

  it('hear of a change of the profile at once', async () => {
    const { id } = await profile('changing', { items: [echo] });
    const client = await connect('changing', 'legacy');
    let heard = 0;
    client.setNotificationHandler('notifications/tools/list_changed', () => {
      heard += 1;
    });
    await client.listTools();
    const { version } = await change(id, 1, { items: [echo, { serviceId: 'fake', tool: 'add' }] });
    await waitFor('the first notification', () => heard === 1);
    expect(await namesOf(client)).toEqual(['fake__add', 'fake__echo']);
    await change(id, version, { accessControl: { grants: [] } });
    await waitFor('the second notification', () => heard === 2);
    expect(await namesOf(client)).toEqual([]);
  });

  it('reach nothing beyond the services of their key', async () => {
    const everyone = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };
    await profile('for-keys', { items: [echo], accessControl: everyone });
    const elsewhere = await product.addService('elsewhere', fake.url);
    const keyFor = (id: string): Promise<{ secret: string }> =>
      product.owner.withApiKey({ name: 'limited', scopes: ['tools:use'], serviceIds: [id] });
    const [within, beyond] = await Promise.all([keyFor(serviceId), keyFor(elsewhere)]);
    expect(await namesOf(await connect('for-keys', 'modern', within.secret))).toEqual(['fake__echo']);
    const client = await connect('for-keys', 'modern', beyond.secret);
    expect(await namesOf(client)).toEqual([]);
    await expect(callTool(client, 'fake__echo', { text: 'x' })).rejects.toMatchObject({ code: -32602 });
  });

  it('are explained: who granted the profile, and which rule denies', async () => {
    await profile('explained', { items: [echo] });
    const ask = (tool: string): Promise<{ allowed: boolean; code: string; sentence: string }> => {
      const query = new URLSearchParams({ user: ann.email, service: 'fake', tool });
      return product.owner.call('GET', `/api/mcp/profiles/explained/explain?${query.toString()}`);
    };
    expect(await ask('echo')).toMatchObject({
      allowed: true,
      code: 'granted',
      sentence: 'ann@example.org may use the tool echo of fake through the profile explained.',
      chain: [{ kind: 'profile', effect: 'allow' }, { kind: 'role' }, { kind: 'policy' }],
    });
    expect(await ask('add')).toMatchObject({ allowed: false, code: 'passage-closed' });
  });

  it('cost a model less by searching than by a list, and each item its part', async () => {
    await profile('measured', { items: [echo, { serviceId: 'fake' }, { serviceId: serviceId, tool: 'nothing' }] });
    const { list, search, items } = await product.owner.call<{
      list: number;
      search: number;
      items: { tool: string | null; tools: number; tokens: number }[];
    }>('GET', '/api/mcp/profiles/measured/tokens');
    expect(items.map(({ tool, tools }) => [tool, tools > 0])).toEqual([
      ['echo', true],
      [null, true],
      ['nothing', false],
    ]);
    expect(items.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(list);
    expect(search).toBeGreaterThan(0);
    expect(search).toBeLessThan(list);
  });
});
