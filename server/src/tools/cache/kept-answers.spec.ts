import { startFakeMcpServer, waitFor, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';

interface Answer {
  callId: string;
  cached: boolean;
  joined?: true;
  result: { content: unknown[]; isError?: boolean };
}

interface Record {
  id: string;
  door: string;
  status: string;
  cached: boolean;
  errorCode: string | null;
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('answers that are kept', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let serviceId: string;
  let ann: Person;
  let ben: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer({ protocol: true });
    serviceId = await product.addService('fake', fake.url);
    [ann, ben] = [await product.addPerson('ann'), await product.addPerson('ben')];
    for (const person of [ann, ben]) await product.grant(person, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const call = (who: Person, tool: string, args: object = {}): Promise<Answer> =>
    product.callerOf(who).call('POST', `/api/mcp/services/fake/tools/${tool}`, { arguments: args });
  const callMcp = async (who: Person, tool: string, args: object): Promise<unknown> => {
    const params = { name: `fake__${tool}`, arguments: args, _meta: META };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': `fake__${tool}` };
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
    const { result } = (await (await product.post(who.key, body, headers)).json()) as { result: { content: unknown } };
    return result.content;
  };
  const setPolicy = (tool: string, policy: object, caller: ApiCaller = product.owner): Promise<Response> =>
    caller.fetch('PUT', `/api/mcp/services/fake/tools/${tool}/policy`, policy);
  const keep = (tool: string, scope = 'principal') => setPolicy(tool, { cache: { ttlSeconds: 60, scope } });
  const asked = (tool: string): number => fake.state.calls.filter((each) => each.tool === tool).length;
  const records = async (query: string): Promise<Record[]> =>
    (await product.owner.call<{ items: Record[] }>('GET', `/api/audit/calls?${query}`)).items;

  it('come from the service every time until an administrator says otherwise', async () => {
    expect(
      [await call(ann, 'add', { a: 1, b: 1 }), await call(ann, 'add', { a: 1, b: 1 })].map((it) => it.cached),
    ).toEqual([false, false]);
    expect(asked('add')).toBe(2);
  });

  it('come from the cache by REST and by MCP, each on record as such', async () => {
    await keep('echo');
    const first = await call(ann, 'echo', { text: 'hello' });
    const again = await call(ann, 'echo', { text: 'hello' });
    expect(again).toMatchObject({ cached: true, result: first.result });
    expect(await callMcp(ann, 'echo', { text: 'hello' })).toEqual(first.result.content);
    expect(asked('echo')).toBe(1);
    expect((await records('tool=echo')).map(({ door, cached, status }) => [door, cached, status])).toEqual([
      ['mcp', true, 'success'],
      ['rest', true, 'success'],
      ['rest', false, 'success'],
    ]);
    expect((await call(ann, 'echo', { text: 'other' })).cached).toBe(false);
  });

  it('never reach another person, unless an administrator shares them', async () => {
    await keep('structured');
    await call(ann, 'structured', { city: 'Ulm' });
    expect((await call(ben, 'structured', { city: 'Ulm' })).cached).toBe(false);
    await keep('structured', 'shared');
    expect((await call(ann, 'structured', { city: 'Ulm' })).cached).toBe(false);
    expect((await call(ben, 'structured', { city: 'Ulm' })).cached).toBe(true);
  });

  it('are still decided upon, and checked, and refused', async () => {
    await keep('image', 'shared');
    await call(ann, 'image');
    const eve = await product.addPerson('eve');
    await expect(call(eve, 'image')).rejects.toThrow();
    await expect(call(ann, 'image', { more: 1 })).rejects.toThrow();
    await setPolicy('image', { approval: 'four-eyes' });
    await expect(call(ann, 'image')).rejects.toThrow();
    expect((await records('tool=image')).map(({ errorCode }) => errorCode)).toEqual([
      'approval_required',
      'arguments_invalid',
      'tool_not_found',
      null,
    ]);
  });

  it.each([
    ['a failure', 'fail'],
    ['a link to something that the service made', 'contents'],
  ])('are not kept when they are %s', async (_, tool) => {
    await keep(tool, 'shared');
    expect([await call(ann, tool), await call(ann, tool)].map(({ cached }) => cached)).toEqual([false, false]);
  });

  it('are not kept for a destructive tool', async () => {
    const refused = await setPolicy('large', { class: 'destructive', cache: { ttlSeconds: 60, scope: 'principal' } });
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      409,
      'cache_refused',
    ]);
    await keep('large');
    await call(ann, 'large', { bytes: 1 });
    await setPolicy('large', { class: 'destructive', approval: 'never' });
    expect((await call(ann, 'large', { bytes: 1 })).cached).toBe(false);
    expect((await keep('large')).status).toBe(409);
  });

  it.each([
    [{ ttlSeconds: 0, scope: 'shared' }],
    [{ ttlSeconds: 86_401, scope: 'shared' }],
    [{ ttlSeconds: 60, scope: 'everyone' }],
    [{ ttlSeconds: 60 }],
    [60],
  ])('are not kept as %j', async (cache) => {
    expect((await setPolicy('echo', { cache })).status).toBe(400);
  });

  it('are told from those that were on their way for an equal call, which the service was not sent either', async () => {
    await keep('slow');
    const first = call(ann, 'slow', { ms: 1_000 });
    await waitFor('the first call', () => asked('slow') === 1);
    const second = call(ann, 'slow', { ms: 1_000 });
    const answers = [await first, await second, await call(ann, 'slow', { ms: 1_000 })];
    expect(answers.map(({ cached, joined }) => [cached, joined])).toEqual([
      [false, undefined],
      [true, true],
      [true, undefined],
    ]);
    expect((await records('tool=slow')).map(({ cached }) => cached)).toEqual([true, true, false]);
    expect(asked('slow')).toBe(1);
  });

  it('are gone when the tool is described in other words', async () => {
    await keep('whoami');
    await call(ann, 'whoami');
    expect((await call(ann, 'whoami')).cached).toBe(true);
    await call(ann, 'toggle_tools');
    await product.owner.call('POST', `/api/mcp/services/${serviceId}/reconnect`);
    expect((await call(ann, 'whoami')).cached).toBe(false);
  });

  it('are gone when an administrator empties the cache, which is on the trail', async () => {
    await keep('slow');
    await call(ann, 'slow', { ms: 0 });
    expect((await call(ann, 'slow', { ms: 0 })).cached).toBe(true);
    expect((await product.callerOf(ann).fetch('DELETE', '/api/mcp/services/fake/cache')).status).toBe(403);
    expect((await product.owner.fetch('DELETE', '/api/mcp/services/fake/cache')).status).toBe(204);
    expect((await call(ann, 'slow', { ms: 0 })).cached).toBe(false);
    const { items } = await product.owner.call<{ items: { target: { id: string } }[] }>(
      'GET',
      '/api/audit/events?action=service.cache-clear',
    );
    expect(items).toEqual([expect.objectContaining({ target: expect.objectContaining({ id: serviceId }) as object })]);
  });
});
