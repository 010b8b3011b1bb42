import { Client, StreamableHTTPClientTransport, type ClientCapabilities } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { startFakeMcpServer, waitFor, type FakeEra, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';
import { eventsOf, type SseEvent } from '../spec/sse-events.js';

const INFO = { name: 'spec', version: '1' };
const EVERYTHING: ClientCapabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

interface Rpc {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: { content: { text: string }[]; isError?: boolean };
  error?: { code: number; message: string; data?: Record<string, unknown> };
}

const textOf = ({ content }: { content: unknown }) => (content as { text: string }[])[0]?.text;

describe.each(['legacy', 'modern'] as const satisfies readonly FakeEra[])('a service of the %s era', (era) => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let ben: Person;
  let serviceId: string;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer({ era, talks: true });
    serviceId = await product.addService('fake', fake.url);
    [ann, ben] = [await product.addPerson('ann'), await product.addPerson('ben')];
    await product.grant(ann, serviceId);
    await product.grant(ben, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const url = (path = '/mcp') => new URL(path, product.url);
  const withKey = { requestInit: { headers: {} as Record<string, string> } };
  beforeAll(() => (withKey.requestInit.headers = { Authorization: `Bearer ${ann.key}` }));

  const connect = async (capabilities: ClientCapabilities = EVERYTHING, path?: string): Promise<Client> => {
    const client = new Client(INFO, { capabilities });
    await client.connect(new StreamableHTTPClientTransport(url(path), withKey));
    return client;
  };
  const call = (client: Client, name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name: `fake__${name}`, arguments: args });

  describe('asks a client', () => {
    let client: Client;
    beforeAll(async () => {
      client = await connect();
      client.setRequestHandler('elicitation/create', ({ params }) =>
        params.mode === 'url'
          ? { action: 'accept' }
          : { action: 'accept', content: { answer: `to ${params.message}` } },
      );
      client.setRequestHandler('sampling/createMessage', () => ({
        role: 'assistant',
        content: { type: 'text', text: 'sampled' },
        model: 'spec',
      }));
      client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///home/ann', name: 'home' }] }));
    });
    afterAll(() => client.close());

    it.each([
      ['by a form', 'ask', { question: 'who?' }, 'to who?'],
      ['by an address', 'ask_link', { url: 'https://example.org/sign-in' }, 'accept'],
      ['for a sample', 'sample', { prompt: 'write' }, 'sampled'],
      ['for its roots', 'roots', {}, 'file:///home/ann'],
      ['twice', 'ask_twice', {}, 'to'],
    ])('%s', async (_, tool, args, expected) => {
      expect(textOf(await call(client, tool, args))).toContain(expected);
    });
  });

  it('asks a client of the old SDK', async () => {
    const client = new V1Client(INFO, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => ({
      action: 'accept',
      content: { answer: params.message },
    }));
    await client.connect(new V1Transport(url(), withKey));
    const result = await client.callTool({ name: 'fake__ask', arguments: { question: 'old?' } });
    expect(textOf(result as { content: unknown })).toContain('"answer":"old?"');
    await client.close();
  });

  it.each(['decline', 'cancel'] as const)('is told when the person chose to %s', async (action) => {
    const client = await connect();
    client.setRequestHandler('elicitation/create', () => ({ action }));
    expect(textOf(await call(client, 'ask', { question: 'really?' }))).toContain(action);
    await client.close();
  });

  it.each([
    ['a form', 'ask', { question: 'x' }],
    ['a sample', 'sample', { prompt: 'x' }],
    ['an address', 'ask_link', { url: 'https://example.org/' }],
  ])('never asks for %s whoever did not declare it', async (_, tool, args) => {
    const client = await connect({});
    await expect(call(client, tool, args)).rejects.toMatchObject({ data: { code: 'input_unavailable' } });
    await client.close();
  });

  const whenALinkIsWanted = (): void => {
    const page = 'https://example.org/consent';

    it('tells a client that knows such addresses, and later that it is done', async () => {
      const client = await connect();
      const done: string[] = [];
      client.setNotificationHandler('notifications/elicitation/complete', ({ params }) => {
        done.push(params.elicitationId);
      });
      const refusal = call(client, 'link_first', { url: page });
      await expect(refusal).rejects.toMatchObject({
        code: -32042,
        data: { elicitations: [expect.objectContaining({ mode: 'url', url: page, elicitationId: `id of ${page}` })] },
      });
      await waitFor('the news', async () => {
        await call(client, 'link_done', { url: page });
        return done.includes(`id of ${page}`);
      });
      await client.close();
    });

    it('tells everybody else the address in words', async () => {
      const client = await connect({});
      await expect(call(client, 'link_first', { url: page })).rejects.toMatchObject({
        code: 409,
        message: expect.stringContaining(page),
        data: { code: 'link_required' },
      });
      await client.close();
    });
  };
  // Only this era has an error for it.
  if (era === 'legacy') describe('wants an address opened before it does anything', whenALinkIsWanted);

  describe('over bare HTTP', () => {
    const hello = async (key: string, protocolVersion = '2025-11-25', path = '/mcp') => {
      const params = { protocolVersion, capabilities: EVERYTHING, clientInfo: INFO };
      const response = await product.post(key, { jsonrpc: '2.0', id: 0, method: 'initialize', params }, {}, path);
      await response.text();
      return { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
    };
    const request = (name: string, args: object = {}, id = 1) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: `fake__${name}`, arguments: args },
    });
    const messagesOf = async function* (events: AsyncGenerator<SseEvent>): AsyncGenerator<Rpc, void, void> {
      for await (const { data } of events) if (data !== '') yield JSON.parse(data) as Rpc;
    };
    const next = async (messages: AsyncGenerator<Rpc>): Promise<Rpc> => (await messages.next()).value as Rpc;

    it('takes an answer only in the session that was asked', async () => {
      const asked = await hello(ann.key);
      const other = await hello(ben.key);
      const messages = messagesOf(eventsOf(await product.post(ann.key, request('ask', { question: 'mine?' }), asked)));
      const { id, method } = await next(messages);
      expect(method).toBe('elicitation/create');
      const answer = (text: string) => ({
        jsonrpc: '2.0',
        id,
        result: { action: 'accept', content: { answer: text } },
      });
      expect((await product.post(ben.key, answer('stolen'), other)).status).toBe(202);
      expect((await product.post(ben.key, answer('stolen'), asked)).status).toBe(404);
      expect((await product.post(ann.key, answer('own'), asked)).status).toBe(202);
      expect((await product.post(ann.key, answer('too late'), asked)).status).toBe(202);
      expect((await next(messages)).result?.content[0]?.text).toContain('own');
    });

    it('is told what the client itself said against the question', async () => {
      const session = await hello(ann.key);
      const messages = messagesOf(eventsOf(await product.post(ann.key, request('ask', { question: 'x' }), session)));
      const { id } = await next(messages);
      await product.post(
        ann.key,
        { jsonrpc: '2.0', id, error: { code: -32602, message: 'I do not like it' } },
        session,
      );
      const { result, error } = await next(messages);
      expect(JSON.stringify(result ?? error)).toContain(era === 'legacy' ? 'I do not like it' : 'fake');
    });

    it('asks nobody who takes no streams, and says so', async () => {
      const session = await hello(ann.key);
      const response = await product.post(ann.key, request('ask', { question: 'x' }), {
        ...session,
        accept: 'application/json',
      });
      expect(await response.json()).toMatchObject({ error: { data: { code: 'input_unavailable' } } });
    });

    it.each(['2025-03-26', '2025-06-18'])('asks no client of %s to open an address', async (version) => {
      const session = await hello(ann.key, version);
      const response = await product.post(ann.key, request('ask_link', { url: 'https://example.org/' }), session);
      expect(await response.text()).toContain('input_unavailable');
    });

    it('cancels at the service when the client goes in the middle of a question, and comes back too late or never', async () => {
      const before = fake.state.calls.length;
      const session = await hello(ann.key, '2025-06-18');
      const gone = new AbortController();
      const response = await fetch(url(), {
        method: 'POST',
        signal: gone.signal,
        headers: {
          ...session,
          ...withKey.requestInit.headers,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify(request('ask', { question: 'anybody?' })),
      });
      const { id } = await next(messagesOf(eventsOf(response)));
      gone.abort();
      await waitFor('the record', async () => {
        const { items } = await product.owner.call<{ items: { tool: string; status: string }[] }>(
          'GET',
          '/api/audit/calls?limit=1&tool=ask',
        );
        return items[0]?.status === 'cancelled';
      });
      expect((await product.post(ann.key, { jsonrpc: '2.0', id, result: { action: 'accept' } }, session)).status).toBe(
        202,
      );
      expect(fake.state.calls.length).toBe(before + 1);
    });

    it('answers a question that was resumed on the stream of its call', async () => {
      const session = await hello(ann.key);
      const broken = new AbortController();
      const response = await fetch(url(), {
        method: 'POST',
        signal: broken.signal,
        headers: {
          ...session,
          ...withKey.requestInit.headers,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify(request('ask', { question: 'still there?' })),
      });
      const { value: first } = (await eventsOf(response).next()) as { value: SseEvent };
      broken.abort();
      const resumed = await fetch(url(), {
        headers: {
          ...session,
          ...withKey.requestInit.headers,
          accept: 'text/event-stream',
          'last-event-id': first.id ?? '',
        },
      });
      const messages = messagesOf(eventsOf(resumed));
      const { id } = await next(messages);
      await product.post(ann.key, { jsonrpc: '2.0', id, result: { action: 'decline' } }, session);
      expect((await next(messages)).result?.content[0]?.text).toContain('decline');
    });
  });

  describe('says something in the middle of a call', () => {
    const heardBy = async (client: Client): Promise<unknown[]> => {
      const heard: unknown[] = [];
      client.setNotificationHandler('notifications/message', ({ params }) => void heard.push(params));
      for (const level of ['debug', 'info', 'error']) await call(client, 'say', { level, text: level });
      return heard;
    };

    it('that is heard from the level on which the client set, under the name of the service', async () => {
      const client = await connect();
      await client.setLoggingLevel('warning');
      expect(await heardBy(client)).toEqual([{ level: 'error', logger: 'fake/fake', data: 'error' }]);
      await client.setLoggingLevel('debug');
      expect(await heardBy(client)).toHaveLength(3);
      await client.close();
    });

    it('and nothing below info to whoever set nothing', async () => {
      const client = await connect();
      expect(await heardBy(client)).toEqual([
        expect.objectContaining({ data: 'info' }),
        expect.objectContaining({ data: 'error' }),
      ]);
      await client.close();
    });

    it('under its own logger where it is the only service', async () => {
      const client = await connect({}, '/mcp/s/fake');
      const heard: unknown[] = [];
      client.setNotificationHandler('notifications/message', ({ params }) => void heard.push(params));
      await client.callTool({ name: 'say', arguments: { text: 'here' } });
      expect(heard).toEqual([{ level: 'info', logger: 'fake', data: 'here' }]);
      await client.close();
    });

    it('at no level that does not exist', async () => {
      const client = await connect();
      await expect(client.setLoggingLevel('loud' as 'info')).rejects.toMatchObject({ code: -32602 });
      await client.close();
    });
  });

  describe('reports a change of a resource', () => {
    const RESOURCE = 'gatehouse://fake/fake://text';

    /** A client whose stream is open. */
    const listening = async (person: Person) => {
      const client = new Client(INFO);
      const headers = { Authorization: `Bearer ${person.key}` };
      await client.connect(new StreamableHTTPClientTransport(url(), { requestInit: { headers } }));
      const heard: string[] = [];
      client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
      return { client, heard };
    };
    const touched = (heard: string[]) =>
      waitFor('the change', () => {
        fake.state.touch('fake://text');
        return heard.length > 0;
      });

    it('to whoever subscribed, under its address there, until they unsubscribe', async () => {
      const watcher = await listening(ann);
      const other = await listening(ann);
      await watcher.client.subscribeResource({ uri: RESOURCE });
      await touched(watcher.heard);
      expect(new Set(watcher.heard)).toEqual(new Set([RESOURCE]));
      await watcher.client.unsubscribeResource({ uri: RESOURCE });
      expect(other.heard).toEqual([]);
      await watcher.client.close();
      await other.client.close();
    });

    it('to nobody who may not read it, nor for what does not exist', async () => {
      const eve = await product.addPerson('eve');
      const { client } = await listening(eve);
      for (const uri of [RESOURCE, 'gatehouse://nobody/fake://text', 'fake://text']) {
        await expect(client.subscribeResource({ uri })).rejects.toMatchObject({ code: -32602 });
      }
      await client.close();
    });

    it('to nobody who may not read it any more', async () => {
      const fay = await product.addPerson('fay');
      const grant = await product.grant(fay, serviceId);
      const loser = await listening(fay);
      const keeper = await listening(ann);
      for (const { client } of [loser, keeper]) await client.subscribeResource({ uri: RESOURCE });
      await touched(loser.heard);
      await product.owner.call('DELETE', `/api/mcp/grants/${grant}`);
      loser.heard.length = keeper.heard.length = 0;
      await touched(keeper.heard);
      expect(loser.heard).toEqual([]);
      for (const { client } of [loser, keeper]) await client.close();
    });
  });
});
