import { freePort, startFakeMcpServer, waitFor, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { RunningProduct, type Person } from '../spec/running-product.js';

interface Answer {
  callId: string;
  cached: boolean;
  result: { content: { text?: string }[]; isError?: boolean };
}

interface Refused {
  status: number;
  retryAfter: string | null;
  code: string;
  message: string;
  fields?: { path: string }[];
}

interface Record {
  id: string;
  status: string;
  decision: string;
  errorCode: string | null;
  tool: string;
  rule: string | null;
}

describe('calling tools by REST', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let serviceId: string;
  let ann: Person;
  let caller: ApiCaller;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
    caller = product.callerOf(ann);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const call = (tool: string, args: object = {}, rest: object = {}): Promise<Answer> =>
    caller.call('POST', `/api/mcp/services/fake/tools/${tool}`, { arguments: args, ...rest });

  const refusal = async (who: ApiCaller, path: string, body: object): Promise<Refused> => {
    const response = await who.fetch('POST', `/api/mcp/services/${path}`, body);
    const { error } = (await response.json()) as { error: Omit<Refused, 'status' | 'retryAfter'> };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...error };
  };

  const records = async (query: string): Promise<Record[]> =>
    (await product.owner.call<{ items: Record[] }>('GET', `/api/audit/calls?${query}`)).items;

  const policy = (tool: string, change: object) =>
    product.owner.call('PUT', `/api/mcp/services/fake/tools/${tool}/policy`, change);

  it('gives the answer of the service, and has it on record', async () => {
    const { callId, cached, result } = await call('echo', { text: 'hello' }, { chatId: 'chat-1' });
    expect(result.content).toEqual([{ type: 'text', text: 'hello' }]);
    expect(cached).toBe(false);
    expect(await records('chatId=chat-1')).toEqual([
      expect.objectContaining({ id: callId, status: 'success', tool: 'echo' }),
    ]);
  });

  it('takes a failure of the tool for an answer, and records it as an error', async () => {
    const { callId, result } = await call('fail');
    expect(result.isError).toBe(true);
    expect((await records('tool=fail'))[0]).toMatchObject({ id: callId, status: 'error', errorCode: null });
  });

  it('sends nothing when the arguments do not fit', async () => {
    const before = fake.state.calls.length;
    const refused = await refusal(caller, 'fake/tools/add', { arguments: { a: 1, c: 2 } });
    expect(refused).toMatchObject({ status: 400, code: 'arguments_invalid', fields: [{ path: 'arguments.b' }] });
    expect(fake.state.calls).toHaveLength(before);
  });

  it('names the field in the language of the caller', async () => {
    const response = await caller.fetch(
      'POST',
      '/api/mcp/services/fake/tools/add',
      { arguments: { a: 1 } },
      { 'accept-language': 'zh' },
    );
    expect(await response.json()).toMatchObject({ error: { fields: [{ path: 'arguments.b', message: '为必填项' }] } });
  });

  it('is refused alike for what is not granted, not there, or on no service', async () => {
    const ben = product.callerOf(await product.addPerson('ben'));
    const answers = await Promise.all(
      ['fake/tools/echo', 'fake/tools/nothing', 'nowhere/tools/echo'].map((path) =>
        refusal(ben, path, { arguments: {} }),
      ),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, code: 'tool_not_found' });
    expect((await records('status=denied&limit=3')).map(({ errorCode }) => errorCode)).toEqual(
      Array(3).fill('tool_not_found'),
    );
  });

  it('is refused by a rule, which the record names', async () => {
    const eve = await product.addPerson('eve');
    await product.grant(eve, serviceId);
    const grant = await product.grant(eve, serviceId, 'echo', 'deny');
    const refused = await refusal(product.callerOf(eve), 'fake/tools/echo', { arguments: { text: 'x' } });
    expect(refused).toMatchObject({ status: 403, code: 'access_denied' });
    expect((await records('status=denied&limit=1'))[0]).toMatchObject({
      decision: 'deny',
      rule: expect.stringContaining(grant),
    });
  });

  it('waits no longer than it may, and does not know then what happened', async () => {
    const refused = await refusal(caller, 'fake/tools/silent', { arguments: {}, timeoutMs: 50 });
    expect(refused).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect((await records('tool=silent'))[0]).toMatchObject({ status: 'unknown', errorCode: 'upstream_timeout' });
  });

  it('is cancelled at the service when its caller hangs up', async () => {
    const [before, arrived] = [fake.state.cancelled.length, fake.state.calls.length];
    const hangUp = new AbortController();
    const request = fetch(`${product.url}/api/mcp/services/fake/tools/silent`, {
      method: 'POST',
      signal: hangUp.signal,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ann.key}` },
      body: '{"arguments":{}}',
    });
    request.catch(() => undefined);
    await waitFor('the call to arrive', () => fake.state.calls.length > arrived);
    hangUp.abort();
    await waitFor('the service to hear', () => fake.state.cancelled.length > before);
    await waitFor('the record', async () => (await records('tool=silent&limit=1'))[0]?.status === 'cancelled');
  });

  it('does not pass on an answer that is too large', async () => {
    expect((await call('large', { bytes: 1_000_000 })).result.content[0]?.text).toHaveLength(1_000_000);
    const refused = await refusal(caller, 'fake/tools/large', { arguments: { bytes: 5_000_000 } });
    expect(refused).toMatchObject({ status: 502, code: 'output_too_large' });
  });

  it('takes the teeth out of what a terminal would obey', async () => {
    const { result } = await call('echo', { text: '\u001b[31mred\u001b]52;c;eA==\u0007\u0000!' });
    expect(result.content[0]?.text).toBe('red!');
  });

  it('masks a secret of ours that a service gives back', async () => {
    const credential = { target: 'header', name: 'X-Upstream-Key', value: 'a-very-secret-value' };
    await product.owner.call('POST', '/api/mcp/services', {
      name: 'keyed',
      slug: 'keyed',
      type: 'http',
      url: fake.url,
      auth: { credentials: [credential] },
    });
    await product.owner.call('POST', '/api/mcp/services/keyed/reconnect');
    const { result } = await product.owner.call<Answer>('POST', '/api/mcp/services/keyed/test/call', {
      tool: 'whoami',
      arguments: {},
    });
    expect(result.content[0]?.text).toContain('x-upstream-key');
    expect(result.content[0]?.text).not.toContain(credential.value);
  });

  it.each([
    ['always', 'echo', 200],
    ['four-eyes', 'echo', 403],
  ])('with approval %s answers a person’s own call with %s → %i', async (approval, tool, status) => {
    await policy(tool, { approval });
    const response = await caller.fetch('POST', `/api/mcp/services/fake/tools/${tool}`, { arguments: { text: 'x' } });
    expect(response.status).toBe(status);
    await policy(tool, { approval: 'never' });
  });

  it('is refused to a program where a person has to approve', async () => {
    await policy('echo', { approval: 'always' });
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'fake__echo', arguments: { text: 'x' }, _meta: META },
    };
    const answer = await product.post(ann.key, body, MCP_HEADERS);
    expect(await answer.json()).toMatchObject({ error: { code: 403, data: { code: 'approval_required' } } });
    await policy('echo', { approval: 'never' });
  });

  it('says what is off', async () => {
    await product.owner.call('PUT', '/api/mcp/services/fake/enabled', { enabled: false });
    expect(await refusal(caller, 'fake/tools/echo', { arguments: { text: 'x' } })).toMatchObject({
      status: 409,
      code: 'service_disabled',
    });
    await product.owner.call('PUT', '/api/mcp/services/fake/enabled', { enabled: true });
    await product.owner.call('POST', '/api/mcp/services/fake/reconnect');
  });

  it.each([
    ['no arguments', {}],
    ['arguments that are no object', { arguments: [] }],
    ['an unknown field', { arguments: {}, door: 'test' }],
    ['a deadline of nothing', { arguments: {}, timeoutMs: 0 }],
  ])('refuses %s', async (_, body) => {
    expect(await refusal(caller, 'fake/tools/echo', body)).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  describe('the lists', () => {
    it('show people what they may call, and administrators everything', async () => {
      const one = await product.addPerson('one');
      await product.grant(one, serviceId, 'add');
      const names = async (who: ApiCaller, path: string) =>
        (await who.call<{ items: { name: string; can: { call: boolean } }[] }>('GET', path)).items.map(
          ({ name, can }) => [name, can.call],
        );
      expect(await names(product.callerOf(one), '/api/mcp/services/fake/tools')).toEqual([['add', true]]);
      expect(await names(product.callerOf(one), '/api/mcp/tools')).toEqual([['add', true]]);
      const all = await names(product.owner, '/api/mcp/services/fake/tools');
      expect(all.length).toBeGreaterThan(10);
      expect(all).toContainEqual(['echo', false]);
      expect(await names(product.owner, '/api/mcp/tools')).toEqual([]);
    });

    it('can be searched and come in pages', async () => {
      const page = await caller.call<{ items: { name: string }[]; nextCursor: string }>(
        'GET',
        '/api/mcp/tools?limit=2',
      );
      const next = await caller.call<{ items: { name: string }[] }>(
        'GET',
        `/api/mcp/tools?limit=2&cursor=${page.nextCursor}`,
      );
      expect(page.items).toHaveLength(2);
      expect(next.items[0].name > page.items[1].name).toBe(true);
      const found = await caller.call<{ items: { name: string }[] }>('GET', '/api/mcp/tools?q=ADDS%20numbers');
      expect(found.items.map(({ name }) => name)).toEqual(['add']);
    });
  });

  describe('the test panel', () => {
    it('reports every step of a test', async () => {
      const report = await product.owner.call<{ ok: boolean; steps: { step: string; status: string }[] }>(
        'POST',
        '/api/mcp/services/fake/test',
        {},
      );
      expect(report.ok).toBe(true);
      expect(report.steps.map(({ step }) => step)).toEqual([
        'resolve',
        'connect',
        'negotiate',
        'tools',
        'resources',
        'prompts',
      ]);
    });

    it('tries a draft before it is saved, and says which step failed', async () => {
      const draft = { name: 'draft', type: 'http', url: `http://127.0.0.1:${await freePort()}/mcp` };
      const report = await product.owner.call<{ ok: boolean; steps: { status: string; error?: { code: string } }[] }>(
        'POST',
        '/api/mcp/services/test',
        { draft },
      );
      expect(report.ok).toBe(false);
      expect(report.steps[1]).toMatchObject({ status: 'failed', error: { code: 'upstream_unreachable' } });
    });

    it('calls a tool without a grant, shows the raw messages, and is on record', async () => {
      const body = { tool: 'echo', arguments: { text: 'raw' } };
      const answer = await product.owner.call<{
        callId: string;
        messages: { direction: string; message: { method?: string } }[];
      }>('POST', '/api/mcp/services/fake/test/call', body);
      expect(answer.messages.map(({ direction }) => direction)).toEqual(['out', 'in']);
      expect(answer.messages[0]?.message.method).toBe('tools/call');
      expect((await records('door=test&limit=1'))[0]?.id).toBe(answer.callId);
    });

    it('is closed to those who may only use tools', async () => {
      for (const path of ['fake/test', 'fake/test/call', 'fake/reconnect', 'test']) {
        const body = path.endsWith('call')
          ? { tool: 'echo', arguments: {} }
          : path === 'test'
            ? { draft: { name: 'x', type: 'http' } }
            : {};
        expect(await refusal(caller, path, body)).toMatchObject({ status: 403, code: 'permission_missing' });
      }
    });
  });

  it('says how near the nearest limit is, refuses what is above it, and when to come back', async () => {
    const subject = { kind: 'tool', id: serviceId, tool: 'echo' };
    const { id } = await product.owner.call<{ id: string }>('POST', '/api/mcp/limits', { subject, ratePerMinute: 2 });
    const fields = async () => {
      const { status, headers } = await caller.fetch('POST', '/api/mcp/services/fake/tools/echo', {
        arguments: { text: 'x' },
      });
      return [status, headers.get('ratelimit-policy'), headers.get('ratelimit'), headers.get('retry-after')];
    };
    const policy = '"tool-minute";q=2;w=60';
    const left = (calls: number): unknown => expect.stringMatching(`^"tool-minute";r=${calls};t=[0-9]+$`);
    expect(await fields()).toEqual([200, policy, left(1), null]);
    expect(await fields()).toEqual([200, policy, left(0), null]);
    expect(await fields()).toEqual([429, policy, left(0), expect.stringMatching(/^[0-9]+$/)]);
    expect((await records('status=denied&limit=1'))[0]).toMatchObject({
      errorCode: 'too_many_calls',
      rule: expect.stringContaining(id),
    });
    await product.owner.call('DELETE', `/api/mcp/limits/${id}`);
  });
});

describe('a call that cannot be recorded', () => {
  it('does not happen', async () => {
    const product = await RunningProduct.start();
    const fake = await startFakeMcpServer();
    const person = await product.addPerson('ann');
    await product.grant(person, await product.addService('fake', fake.url));
    await product.app.get(DataSource).query('ALTER TABLE mcp_service_usage RENAME TO out_of_reach');
    const response = await product
      .callerOf(person)
      .fetch('POST', '/api/mcp/services/fake/tools/echo', { arguments: { text: 'x' } });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'audit_unavailable' } });
    expect(fake.state.calls).toEqual([]);
    await product.stop();
    await fake.close();
  });
});

describe('too many calls', () => {
  it('are refused with the time to come back', async () => {
    const product = await RunningProduct.start({ GATEHOUSE_CALLS_PER_MINUTE: '2' });
    const fake = await startFakeMcpServer();
    const person = await product.addPerson('ann');
    await product.grant(person, await product.addService('fake', fake.url));
    const caller = product.callerOf(person);
    const statuses: [number, boolean][] = [];
    for (let each = 0; each < 3; each += 1) {
      const response = await caller.fetch('POST', '/api/mcp/services/fake/tools/echo', { arguments: { text: 'x' } });
      statuses.push([response.status, response.headers.has('retry-after')]);
    }
    expect(statuses).toEqual([
      [200, false],
      [200, false],
      [429, true],
    ]);
    expect(fake.state.calls).toHaveLength(2);
    await product.stop();
    await fake.close();
  });
});

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const MCP_HEADERS = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'fake__echo' };
