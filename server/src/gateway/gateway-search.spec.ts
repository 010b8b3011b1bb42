import type { Client } from '@modelcontextprotocol/client';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../spec/running-product.js';
import { callTool, connectV2 } from './spec/mcp-clients.js';

interface Found {
  tools: { name: string; title?: string; description: string }[];
}

describe.each(['modern', 'legacy'] as const)('a profile in search mode, for a %s client', (era) => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let client: Client;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer({ talks: true });
    const serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId, 'fail', 'deny');
    await profile('searched', {
      items: [{ serviceId: 'fake' }, { serviceId: 'fake', tool: 'echo', alias: 'repeat', description: '原样返回文字' }],
    });
    client = await connect('searched');
  });

  afterAll(async () => {
    await client.close();
    await product.stop();
    await fake.close();
  });

  const connect = (slug: string): Promise<Client> =>
    connectV2(product.url, ann.key, era, { path: `/mcp/p/${slug}`, capabilities: { elicitation: {} } });
  const profile = (slug: string, fields: object) =>
    product.owner.call<{ id: string }>('POST', '/api/mcp/profiles', {
      slug,
      mode: 'search',
      accessControl: { grants: [{ subject: { kind: 'user', id: ann.id }, effect: 'allow' }] },
      ...fields,
    });
  const answerOf = async (name: string, args: Record<string, unknown>): Promise<unknown> =>
    JSON.parse((await callTool(client, name, args)).content[0]?.text ?? '') as unknown;
  const search = async (query: string): Promise<string[]> =>
    ((await answerOf('search_tools', { query, limit: 20 })) as Found).tools.map(({ name }) => name);

  it('lists three tools, and says how to use them', async () => {
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
      'search_tools',
      'describe_tool',
      'call_tool',
    ]);
    expect(client.getInstructions()).toContain('search_tools');
  });

  it('finds by words in both languages, one line each', async () => {
    expect((await search('返回文字'))[0]).toBe('repeat');
    const { tools } = (await answerOf('search_tools', { query: 'add numbers', limit: 1 })) as Found;
    expect(tools).toEqual([{ name: 'fake__add', title: 'Add', description: expect.any(String) }]);
  });

  it('finds nothing that the caller may not use', async () => {
    expect(await search('fail echo add')).not.toContain('fake__fail');
    await expect(answerOf('describe_tool', { name: 'fake__fail' })).rejects.toMatchObject({
      data: { code: 'tool_not_found' },
    });
  });

  it('describes a tool with its schema', async () => {
    expect(await answerOf('describe_tool', { name: 'repeat' })).toMatchObject({
      name: 'repeat',
      description: '原样返回文字',
      inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
    });
  });

  it('calls a tool the way of every call: answer, record, progress', async () => {
    const args = { name: 'repeat', arguments: { text: '你好' } };
    expect((await callTool(client, 'call_tool', args)).content).toEqual([{ type: 'text', text: '你好' }]);
    const { items } = await product.owner.call<{ items: { tool: string; status: string }[] }>(
      'GET',
      '/api/audit/calls?limit=1',
    );
    expect(items[0]).toMatchObject({ tool: 'echo', status: 'success' });
    const heard: number[] = [];
    await callTool(
      client,
      'call_tool',
      { name: 'fake__progress', arguments: { steps: 3 } },
      { onprogress: ({ progress }: { progress: number }) => heard.push(progress) },
    );
    expect(heard).toEqual([1, 2, 3]);
  });

  it('names the fields that do not fit, of the tool and of its own', async () => {
    const fieldsOf = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
      const error: unknown = await callTool(client, name, args).catch((thrown: unknown) => thrown);
      return (error as { data?: { fields?: { path: string }[] } }).data?.fields?.map(({ path }) => path);
    };
    expect(await fieldsOf('call_tool', { name: 'fake__add', arguments: { a: 'x', b: 1 } })).toEqual(['arguments.a']);
    expect(await fieldsOf('call_tool', { name: 'fake__add', arguments: [] })).toEqual(['arguments.arguments']);
    expect(await fieldsOf('call_tool', {})).toEqual(['arguments.name']);
    expect(await fieldsOf('search_tools', { query: ' ' })).toEqual(['arguments.query']);
    expect(await fieldsOf('search_tools', { query: 'x', limit: 21 })).toEqual(['arguments.limit']);
    expect(await fieldsOf('search_tools', { query: 'x'.repeat(401) })).toEqual(['arguments.query']);
    expect(await fieldsOf('describe_tool', { name: 7 })).toEqual(['arguments.name']);
  });

  it('says the same of a tool that is unknown and of one that is outside of the profile', async () => {
    const refusal = async (name: string): Promise<unknown> => {
      const error: unknown = await callTool(client, 'call_tool', { name }).catch((thrown: unknown) => thrown);
      const { code, message } = error as { code: number; message: string };
      return [code, message.replaceAll(name, '…')];
    };
    expect(await refusal('other__tool')).toEqual(await refusal('fake__echo'));
    expect(await refusal('call_tool')).toEqual(await refusal('other__tool'));
  });

  it('lets a tool ask its caller something', async () => {
    client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { answer: 'blue' } }));
    const args = { name: 'fake__ask', arguments: { question: 'Which colour?' } };
    expect((await callTool(client, 'call_tool', args)).content[0]?.text).toContain('blue');
  });

  it('can be cancelled through call_tool', async () => {
    const before = fake.state.cancelled.length;
    const started = fake.state.calls.length;
    const cancel = new AbortController();
    const call = callTool(client, 'call_tool', { name: 'fake__silent' }, { signal: cancel.signal });
    call.catch(() => undefined);
    await waitFor('the call to arrive', () => fake.state.calls.length > started);
    cancel.abort();
    await expect(call).rejects.toThrow();
    await waitFor('the service to hear', () => fake.state.cancelled.length > before);
  });

  it('has no search where the profile is not theirs: it looks as if there were none', async () => {
    await profile('hidden', { items: [{ serviceId: 'fake' }], accessControl: { grants: [] } });
    const told = await Promise.all(
      ['hidden', 'nowhere'].map(async (slug) => {
        const other = await connect(slug);
        const error: unknown = await callTool(other, 'search_tools', { query: 'x' }).catch((thrown: unknown) => thrown);
        const { tools } = await other.listTools();
        await other.close();
        return JSON.stringify([tools, (error as Error).message]);
      }),
    );
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toMatch(/^\[\[\]/);
  });
});
