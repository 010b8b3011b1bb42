import { Client, UriTemplate } from '@modelcontextprotocol/client';
import { startFakeMcpServer, startFaultProxy, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { CLIENTS, callTool, connectV2, type AnyClient } from './spec/mcp-clients.js';
import { RunningProduct, type Person } from '../spec/running-product.js';

interface Call {
  tool: string;
  status: string;
  errorCode: string | null;
  rule: string | null;
}

describe('MCP clients at /mcp', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let serviceId: string;
  let ann: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
    await product.grant(ann, serviceId, 'fail', 'deny');
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const lastCall = async (query: string): Promise<Call> => {
    const { items } = await product.owner.call<{ items: Call[] }>('GET', `/api/audit/calls?limit=1&${query}`);
    return items[0];
  };

  describe.each(Object.entries(CLIENTS))('%s', (_, connect) => {
    let client: AnyClient;

    beforeAll(async () => {
      client = await connect(product.url, ann.key);
    });

    afterAll(() => client.close());

    it('sees exactly the granted tools, under prefixed names and in a stable order', async () => {
      const names = (await client.listTools()).tools.map(({ name }) => name);
      expect(names).toContain('fake__echo');
      expect(names).not.toContain('fake__fail');
      expect(names).toEqual([...names].sort());
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(names);
    });

    it('gets the answer of the service', async () => {
      expect((await callTool(client, 'fake__echo', { text: '你好 🙂' })).content).toEqual([
        { type: 'text', text: '你好 🙂' },
      ]);
    });

    it('is told the same of a tool that is hidden, gone or written differently', async () => {
      for (const name of ['fake__toggled', 'fake__Echo', 'nobody__echo', 'fake__еcho', 'constructor']) {
        await expect(callTool(client, name, {})).rejects.toMatchObject({
          code: -32602,
          data: { code: 'tool_not_found', remedy: expect.any(String) },
        });
        expect(await lastCall('status=denied')).toMatchObject({ errorCode: 'tool_not_found' });
      }
    });

    it('is told which rule forbids a tool', async () => {
      await expect(callTool(client, 'fake__fail', {})).rejects.toMatchObject({
        code: 403,
        data: { code: 'access_denied' },
      });
      expect(await lastCall('status=denied&tool=fail')).toMatchObject({ rule: expect.stringContaining('deny · user') });
    });

    it('is told the field when arguments do not fit, and nothing is sent', async () => {
      const before = fake.state.calls.length;
      await expect(callTool(client, 'fake__add', { a: 'one', b: 2 })).rejects.toMatchObject({
        code: -32602,
        data: { code: 'arguments_invalid', fields: [{ path: 'arguments.a', message: 'must be number' }] },
      });
      expect(fake.state.calls).toHaveLength(before);
      expect(await lastCall('tool=add')).toMatchObject({ status: 'error', errorCode: 'arguments_invalid' });
    });

    it('hears the progress of a call', async () => {
      const heard: number[] = [];
      await callTool(
        client,
        'fake__progress',
        { steps: 3 },
        { onprogress: ({ progress }: { progress: number }) => heard.push(progress) },
      );
      expect(heard).toEqual([1, 2, 3]);
    });

    it('can cancel a call, and the service hears of it', async () => {
      const before = fake.state.cancelled.length;
      const cancel = new AbortController();
      const started = fake.state.calls.length;
      const call = callTool(client, 'fake__silent', {}, { signal: cancel.signal });
      call.catch(() => undefined);
      await waitFor('the call to arrive', () => fake.state.calls.length > started);
      cancel.abort();
      await expect(call).rejects.toThrow();
      await waitFor('the service to hear', () => fake.state.cancelled.length > before);
      await waitFor('the record', async () => (await lastCall('tool=silent')).status === 'cancelled');
    });

    it('gives the service’s error as an error of its own', async () => {
      await expect(callTool(client, 'fake__upstream_error', {})).rejects.toMatchObject({
        code: 502,
        data: { code: 'upstream_error' },
      });
    });

    it('finds a cursor that nobody gave out invalid', async () => {
      await expect(client.listTools({ cursor: 'forged' })).rejects.toMatchObject({ code: -32602 });
    });
  });

  it('explains an empty list instead of refusing to start', async () => {
    const ben = await product.addPerson('ben');
    for (const connect of Object.values(CLIENTS)) {
      const client = await connect(product.url, ben.key);
      expect((await client.listTools()).tools).toEqual([]);
      expect(client.getInstructions()).toContain('ben@example.org');
      await client.close();
    }
  });

  describe.each(['modern', 'legacy'] as const)('a live connection of the %s era', (era) => {
    let person: Person;
    let client: Client;
    let heard: number;

    /** A legacy client opens its stream on its own, some time after it said hello. */
    const streamIsOpen = async (): Promise<boolean> => {
      const grant = await product.grant(person, serviceId, 'image');
      await product.owner.call('DELETE', `/api/mcp/grants/${grant}`);
      return heard > 0;
    };

    beforeAll(async () => {
      heard = 0;
      person = await product.addPerson(`live-${era}`);
      client = await connectV2(product.url, person.key, era);
      client.setNotificationHandler('notifications/tools/list_changed', () => void (heard += 1));
      if (era === 'modern') await client.listen({ toolsListChanged: true });
      else await waitFor('the stream to be open', streamIsOpen);
    });

    afterAll(() => client.close());

    const names = async () => (await client.listTools()).tools.map(({ name }) => name);

    it('hears of a new grant', async () => {
      const before = heard;
      await product.grant(person, serviceId, 'echo');
      await waitFor('the news of the grant', () => heard > before);
      expect(await names()).toEqual(['fake__echo']);
    });

    it('hears of a grant to a group that it joins', async () => {
      const group = await product.owner.call<{ id: string }>('POST', '/api/groups', { name: `group-${era}` });
      const subject = { kind: 'group', id: group.id };
      await product.owner.call('POST', '/api/mcp/grants', { subject, serviceId, tool: 'add', effect: 'allow' });
      const before = heard;
      await product.owner.call('POST', `/api/groups/${group.id}/members`, { userId: person.id });
      await waitFor('the news of the membership', () => heard > before);
      expect(await names()).toEqual(['fake__add', 'fake__echo']);
    });

    it('hears when the service itself offers something else', async () => {
      await product.grant(person, serviceId, 'toggled');
      const before = heard;
      fake.state.toggleTools();
      await waitFor('the news of the tool', async () => heard > before && (await names()).includes('fake__toggled'));
      fake.state.toggleTools();
      await waitFor('its end', async () => !(await names()).includes('fake__toggled'));
    });
  });

  it('ends the stream of somebody who was removed', async () => {
    const cem = await product.addPerson('cem');
    const client = await connectV2(product.url, cem.key, 'modern');
    const subscription = await client.listen({ toolsListChanged: true });
    await product.owner.call('DELETE', `/api/users/${cem.id}`);
    await expect(subscription.closed).resolves.toBeDefined();
    await expect(client.listTools()).rejects.toThrow();
  });

  it('reads resources and gets prompts under addresses of its own, on record like calls', async () => {
    const client = await connectV2(product.url, ann.key, 'modern');
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['gatehouse://fake/fake://binary', 'gatehouse://fake/fake://text']);
    const { resourceTemplates } = await client.listResourceTemplates();
    const uri = new UriTemplate(resourceTemplates[0].uriTemplate).expand({ name: 'Jörg & Söhne' });
    expect((await client.readResource({ uri })).contents).toEqual([
      expect.objectContaining({ uri, text: 'Hello, Jörg & Söhne!' }),
    ]);
    expect(await lastCall('door=mcp')).toMatchObject({
      tool: expect.stringContaining('resource:fake://greeting/'),
      status: 'success',
    });
    const { messages } = await client.getPrompt({ name: 'fake__hello', arguments: { name: 'Ada' } });
    expect(messages[0]?.content).toMatchObject({ text: 'Say hello to Ada.' });
    expect(await lastCall('door=mcp')).toMatchObject({ tool: 'prompt:hello', status: 'success' });
    await client.close();
  });

  it('completes what the service can complete', async () => {
    const client = await connectV2(product.url, ann.key, 'modern');
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'fake__hello' },
      argument: { name: 'name', value: 'a' },
    });
    expect(completion.values).toEqual(['Ada', 'Alan']);
    await client.close();
  });

  it('keeps resources and prompts from whoever was granted one tool only', async () => {
    const eve = await product.addPerson('eve');
    await product.grant(eve, serviceId, 'echo');
    const client = await connectV2(product.url, eve.key, 'modern');
    expect((await client.listResources()).resources).toEqual([]);
    expect((await client.listPrompts()).prompts).toEqual([]);
    const uri = 'gatehouse://fake/fake://text';
    await expect(client.readResource({ uri })).rejects.toMatchObject({
      code: -32602,
      data: { code: 'not_found', uri },
    });
    await expect(client.getPrompt({ name: 'fake__plain' })).rejects.toMatchObject({ code: -32602 });
    await client.close();
  });

  it('keeps the answers of two people apart who use the same ids at the same time', async () => {
    const dan = await product.addPerson('dan');
    await product.grant(dan, serviceId);
    const people = [ann, dan];
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const person = people[at % 2];
        const text = `${person.email} ${at}`;
        const response = await product.post(
          person.key,
          {
            jsonrpc: '2.0',
            id: 7,
            method: 'tools/call',
            params: {
              name: 'fake__echo',
              arguments: { text },
              _meta: {
                'io.modelcontextprotocol/protocolVersion': '2026-07-28',
                'io.modelcontextprotocol/clientCapabilities': {},
              },
            },
          },
          { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'fake__echo' },
        );
        const { id, result } = (await response.json()) as { id: number; result: { content: { text: string }[] } };
        return { id, right: result.content[0]?.text === text };
      }),
    );
    expect(answers).toEqual(Array(200).fill({ id: 7, right: true }));
  });

  it.each([
    ['/mcp', 'new__echo'],
    ['/mcp/s/new', 'echo'],
  ])(
    'whoever may waits at %s for a service that was registered a moment ago, and nobody else does',
    async (path, name) => {
      const proxy = await startFaultProxy(fake.url, { script: () => [{ kind: 'black-hole' }] });
      const registered = { name: 'new', slug: 'new', type: 'http', url: proxy.url };
      const { id } = await product.owner.call<{ id: string }>('POST', '/api/mcp/services', registered);
      await product.grant(ann, id);
      await waitFor('the first connection', () => proxy.accepted > 0);
      const stranger = await connectV2(product.url, (await product.addPerson(`eve-${name}`)).key, 'legacy', { path });
      await expect(callTool(stranger, name, { text: 'x' })).rejects.toMatchObject({ data: { code: 'tool_not_found' } });
      const client = await connectV2(product.url, ann.key, 'legacy', { path });
      const answer = callTool(client, name, { text: 'at once' });
      proxy.heal();
      expect((await answer).content).toEqual([{ type: 'text', text: 'at once' }]);
      await Promise.all([stranger.close(), client.close()]);
      await product.owner.call('DELETE', `/api/mcp/services/${id}`);
      await proxy.close();
    },
  );
});
