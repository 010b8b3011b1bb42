import { startFakeMcpServer, waitFor, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { connectMcp } from '../support/mcp-client.js';
import {
  addPerson,
  refusal,
  register,
  startProduct,
  type PersonView,
  type Product,
  type ServiceView,
} from '../support/product.js';

interface Grant {
  id: string;
  tool: string | null;
}

/** What somebody sees and can call, by every door. */
describe('access', () => {
  let product: Product;
  let fake: RunningFakeMcp;
  let service: ServiceView;
  let li: { person: PersonView; caller: ApiCaller };
  let wang: { person: PersonView; caller: ApiCaller };
  let group: { id: string };

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    product = await startProduct();
    service = await register(product.owner, {
      name: 'Tools',
      type: 'http',
      url: fake.url,
      accessControl: { grants: [] },
    });
    li = await addPerson(product, 'li@example.org');
    wang = await addPerson(product, 'wang@example.org');
    group = await product.owner.call('POST', '/api/groups', { name: 'Analysts' });
    for (const { person } of [li, wang]) {
      await product.owner.call('POST', `/api/groups/${group.id}/members`, { userId: person.id });
    }
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await fake.close();
  });

  const grant = (rest: object): Promise<Grant> =>
    product.owner.call('POST', '/api/mcp/grants', { serviceId: service.id, ...rest });
  const toGroup = () => ({ subject: { kind: 'group', id: group.id } });
  const toUser = (who: { person: PersonView }) => ({ subject: { kind: 'user', id: who.person.id } });
  const revoke = (each: Grant) => product.owner.call('DELETE', `/api/mcp/grants/${each.id}`);

  const namesByRest = async (caller: ApiCaller): Promise<string[]> =>
    (await caller.call<{ items: { name: string }[] }>('GET', '/api/mcp/tools')).items.map((tool) => tool.name).sort();

  const namesByMcp = async (caller: ApiCaller): Promise<string[]> => {
    const { secret } = await caller.withApiKey({ name: 'spec' });
    const client = await connectMcp(product.gatehouse.url, secret, 'legacy');
    const { tools } = await client.listTools();
    await client.close();
    return tools.map((tool) => tool.name.replace(/^tools_+/, '')).sort();
  };

  const call = (caller: ApiCaller, tool: string, args: object = {}) =>
    caller.fetch('POST', `/api/mcp/services/${service.id}/tools/${tool}`, { arguments: args });

  it('is nothing without a grant: the service does not even exist for them', async () => {
    expect(await li.caller.call('GET', '/api/mcp/services')).toMatchObject({ items: [] });
    expect(await refusal(li.caller, 'GET', `/api/mcp/services/${service.id}`)).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    expect(await namesByRest(li.caller)).toEqual([]);
    expect(await namesByMcp(li.caller)).toEqual([]);
    expect((await call(li.caller, 'echo', { text: 'x' })).status).toBe(404);
  });

  it('is not given by being an administrator', async () => {
    expect((await call(product.owner, 'echo', { text: 'x' })).status).toBe(404);
  });

  it('to one tool is to exactly that tool, by every door', async () => {
    const one = await grant({ ...toGroup(), tool: 'echo', effect: 'allow' });
    expect(await namesByRest(li.caller)).toEqual(['echo']);
    expect(await namesByMcp(li.caller)).toEqual(['echo']);
    expect((await call(li.caller, 'echo', { text: 'x' })).status).toBe(200);
    expect((await call(li.caller, 'add', { a: 1, b: 2 })).status).toBe(404);
    expect((await call(li.caller, 'Echo', { text: 'x' })).status).toBe(404);
    expect(await li.caller.call('GET', `/api/mcp/services/${service.id}/resources`)).toMatchObject({ items: [] });
    const uri = encodeURIComponent('test://static-text');
    expect((await li.caller.fetch('GET', `/api/mcp/services/${service.id}/resources/${uri}`)).status).toBe(404);
    await revoke(one);
  });

  it('denied to one person for one tool beats the group’s allow, and says which rule', async () => {
    const all = await grant({ ...toGroup(), effect: 'allow' });
    const no = await grant({ ...toUser(li), tool: 'add', effect: 'deny' });
    expect(await namesByRest(li.caller)).not.toContain('add');
    expect(await namesByRest(wang.caller)).toContain('add');
    const answer = await refusal(li.caller, 'POST', `/api/mcp/services/${service.id}/tools/add`, {
      arguments: { a: 1, b: 2 },
    });
    expect(answer).toMatchObject({ status: 403, code: 'access_denied' });
    expect(answer.remedy.length).toBeGreaterThan(10);
    expect((await call(wang.caller, 'add', { a: 1, b: 2 })).status).toBe(200);
    const why = await product.owner.call<{ allowed: boolean; chain: { id?: string; effect: string }[] }>(
      'GET',
      `/api/mcp/access/explain?user=li@example.org&service=${service.slug}&tool=add`,
    );
    expect(why.allowed).toBe(false);
    expect(why.chain.map((link) => link.id)).toContain(no.id);
    await revoke(no);
    await revoke(all);
  });

  it('follows a change at once, also in a session that is open', async () => {
    const { secret } = await wang.caller.withApiKey({ name: 'open session' });
    const client = await connectMcp(product.gatehouse.url, secret, 'legacy');
    expect((await client.listTools()).tools).toEqual([]);
    const all = await grant({ ...toGroup(), effect: 'allow' });
    expect((await client.listTools()).tools.length).toBeGreaterThan(5);
    await revoke(all);
    expect((await client.listTools()).tools).toEqual([]);
    await client.close();
  });

  it('ends with the key, the membership or the account', async () => {
    const all = await grant({ ...toGroup(), effect: 'allow' });
    const { caller: byKey } = await wang.caller.withApiKey({ name: 'short-lived' });
    expect((await call(byKey, 'echo', { text: 'x' })).status).toBe(200);
    const { items } = await wang.caller.call<{ items: { id: string; name: string }[] }>('GET', '/api/auth/api-keys');
    await wang.caller.call('DELETE', `/api/auth/api-keys/${items.find((key) => key.name === 'short-lived')?.id}`);
    expect((await call(byKey, 'echo', { text: 'x' })).status).toBe(401);
    await product.owner.call('DELETE', `/api/groups/${group.id}/members/${wang.person.id}`);
    expect((await call(wang.caller, 'echo', { text: 'x' })).status).toBe(404);
    const user = await product.owner.call<{ version: number }>('GET', `/api/users/${li.person.id}`);
    await product.owner.call('PUT', `/api/users/${li.person.id}`, { enabled: false, version: user.version });
    expect((await call(li.caller, 'echo', { text: 'x' })).status).toBe(401);
    await revoke(all);
  });

  it('leaves a record of every refusal', async () => {
    const { items } = await product.owner.call<{
      items: { status: string; decision: string; tool: string; user: { email: string } }[];
    }>('GET', '/api/audit/calls?status=denied&limit=200');
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          decision: 'deny',
          tool: 'add',
          user: expect.objectContaining({ email: 'li@example.org' }),
        }),
      ]),
    );
  });

  it('leaves a trail of every change of it', async () => {
    const actions = await waitFor('the trail', async () => {
      const { items } = await product.owner.call<{ items: { action: string }[] }>('GET', '/api/audit/events?limit=200');
      return items.map((item) => item.action);
    });
    for (const area of ['service.', 'grant.', 'user.', 'group.', 'api-key.']) {
      expect(actions.some((action) => action.startsWith(area))).toBe(true);
    }
  });
});
