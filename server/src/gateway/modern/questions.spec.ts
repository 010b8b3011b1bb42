import type { Client } from '@modelcontextprotocol/client';
import { startFakeMcpServer, type FakeEra, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';
import { callTool, connectV2 } from '../spec/mcp-clients.js';

const VERSION = '2026-07-28';
const CAPABILITIES = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

interface Row {
  rule: string | null;
}

interface Reply {
  error?: { code: number; data?: Record<string, unknown> };
  result?: {
    resultType?: string;
    content?: { text: string }[];
    inputRequests?: Record<string, unknown>;
    requestState?: string;
  };
}

/** The official client, with a person who answers every form in their own way. */
async function clientOf(product: RunningProduct, person: Person, name: string): Promise<Client> {
  const client = await connectV2(product.url, person.key, 'modern', { capabilities: CAPABILITIES });
  client.setRequestHandler('elicitation/create', ({ params }) =>
    'url' in params ? { action: 'accept' } : { action: 'accept', content: { answer: `${name}: ${params.message}` } },
  );
  client.setRequestHandler('sampling/createMessage', () => ({
    role: 'assistant',
    model: name,
    content: { type: 'text', text: 'sampled' },
  }));
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: `file:///${name}` }] }));
  return client;
}

describe.each<FakeEra>(['legacy', 'modern'])('a %s service asks modern clients', (era) => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let bob: Person;
  let client: Client;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer({ era, talks: true });
    const serviceId = await product.addService('fake', fake.url);
    [ann, bob] = [await product.addPerson('ann'), await product.addPerson('bob')];
    await product.grant(ann, serviceId);
    await product.grant(bob, serviceId);
    client = await clientOf(product, ann, 'ann');
  });

  afterAll(async () => {
    await client.close();
    await product.stop();
    await fake.close();
  });

  const call = async (by: Client, tool: string, args: Record<string, unknown> = {}): Promise<string | undefined> =>
    (await callTool(by, `fake__${tool}`, args)).content[0]?.text;

  const rows = async (query: string): Promise<Row[]> =>
    (await product.owner.call<{ items: Row[] }>('GET', `/api/audit/calls?limit=5&${query}`)).items;

  const send = async (
    tool: string,
    args: Record<string, unknown>,
    more: Record<string, unknown> = {},
    { key, path, capabilities }: { key?: string; path?: string; capabilities?: object } = {},
  ): Promise<Reply> => {
    const name = path ? tool : `fake__${tool}`;
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': VERSION,
      'io.modelcontextprotocol/clientCapabilities': capabilities ?? CAPABILITIES,
    };
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, ...more, _meta } };
    const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'tools/call', 'mcp-name': name };
    return (await product.post(key ?? ann.key, body, headers, path)).json() as Promise<Reply>;
  };

  it('gets the answer to a form, of the person who called', async () => {
    expect(await call(client, 'ask', { question: 'Who?' })).toBe(
      'Who?: {"action":"accept","content":{"answer":"ann: Who?"}}',
    );
  });

  it('gets a sampled message, roots, and the consent to an address', async () => {
    expect(await call(client, 'sample', { prompt: 'Hi' })).toContain('"sampled"');
    expect(await call(client, 'roots')).toContain('"file:///ann"');
    expect(await call(client, 'ask_link', { url: 'https://pay.example/1' })).toContain('"action":"accept"');
  });

  it('may ask twice', async () => {
    expect(await call(client, 'ask_twice')).toContain('ann: ');
  });

  it('never gets the answer of somebody else, however many ask at once', async () => {
    const other = await clientOf(product, bob, 'bob');
    const questions = Array.from({ length: 8 }, (_, each) => `question ${each}`);
    const answers = await Promise.all(
      questions.flatMap((question) => [call(client, 'ask', { question }), call(other, 'ask', { question })]),
    );
    expect(answers).toEqual(
      questions.flatMap((question) =>
        ['ann', 'bob'].map((name) => `${question}: {"action":"accept","content":{"answer":"${name}: ${question}"}}`),
      ),
    );
    await other.close();
  });

  it('shows its state to nobody, and is not called with one that is not the caller’s own', async () => {
    const away = await send('ask_twice', {});
    const state = String(away.result?.requestState);
    expect(state).not.toContain('base64');
    const before = fake.state.calls.length;
    const attacks: [string, Promise<Reply>][] = [
      ['altered', send('ask_twice', {}, { requestState: `${state}x` })],
      ['userId', send('ask_twice', {}, { requestState: state }, { key: bob.key })],
      ['name', send('ask', { question: 'x' }, { requestState: state })],
      ['argumentsDigest', send('ask_twice', { amount: 1 }, { requestState: state })],
      ['endpoint', send('ask_twice', {}, { requestState: state }, { path: '/mcp/s/fake' })],
    ];
    for (const [, reply] of attacks) {
      expect((await reply).error).toMatchObject({ code: -32602, data: { code: 'request_state_invalid' } });
    }
    expect(fake.state.calls).toHaveLength(before);
    const recorded = (await rows('status=error&door=mcp')).concat(await rows('status=denied&door=mcp'));
    expect(recorded.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(attacks.map(([reason]) => `requestState · ${reason}`)),
    );
  });

  it('goes on only once with the same state', async () => {
    const away = await send('ask', { question: 'Once?' });
    const [key = ''] = Object.keys(away.result?.inputRequests ?? {});
    const retry = { requestState: away.result?.requestState, inputResponses: { [key]: { action: 'decline' } } };
    expect((await send('ask', { question: 'Once?' }, retry)).result?.content?.[0]?.text).toContain('decline');
    expect((await send('ask', { question: 'Once?' }, retry)).error).toMatchObject({ code: -32602 });
  });

  it('is not asked to go on for somebody who lost the right meanwhile', async () => {
    const cid = await product.addPerson('cid');
    const services = await product.owner.call<{ items: { id: string; slug: string }[] }>('GET', '/api/mcp/services');
    const serviceId = services.items.find(({ slug }) => slug === 'fake')?.id ?? '';
    await product.grant(cid, serviceId);
    const away = await send('ask', { question: 'May I?' }, {}, { key: cid.key });
    const [key = ''] = Object.keys(away.result?.inputRequests ?? {});
    await product.grant(cid, serviceId, undefined, 'deny');
    const before = fake.state.calls.length;
    const retry = { requestState: away.result?.requestState, inputResponses: { [key]: { action: 'accept' } } };
    const back = await send('ask', { question: 'May I?' }, retry, { key: cid.key });
    expect(back.error).toBeDefined();
    expect(JSON.stringify(back)).not.toContain('accept');
    expect(fake.state.calls).toHaveLength(before);
  });

  it('cannot ask a client for what it did not declare, and the client is told what was missing', async () => {
    const reply = await send('needs_sampling', {}, {}, { capabilities: {} });
    expect(reply.error).toMatchObject({ code: -32021, data: { requiredCapabilities: { sampling: {} } } });
  });

  it('is heard at the level that the request names, and not at all without one', async () => {
    const said = async (logLevel?: string): Promise<unknown> => {
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': VERSION,
        'io.modelcontextprotocol/clientCapabilities': {},
        ...(logLevel && { 'io.modelcontextprotocol/logLevel': logLevel }),
      };
      const params = { name: 'fake__say', arguments: { level: 'warning', text: 'careful' }, _meta };
      const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'tools/call', 'mcp-name': 'fake__say' };
      const response = await product.post(ann.key, { jsonrpc: '2.0', id: 1, method: 'tools/call', params }, headers);
      return (await response.text()).includes('"notifications/message"');
    };
    expect([await said('debug'), await said('warning'), await said('error'), await said()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
