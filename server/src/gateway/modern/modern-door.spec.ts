import { startFakeMcpServer, type FakeEra, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';

const VERSION = '2026-07-28';
const META = {
  'io.modelcontextprotocol/protocolVersion': VERSION,
  'io.modelcontextprotocol/clientCapabilities': {},
};

interface Answer {
  status: number;
  id?: unknown;
  error?: { code: number; message: string; data?: Record<string, unknown> };
  result?: Record<string, unknown>;
}

describe('the door for modern clients', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    ann = await product.addPerson('ann');
    await product.grant(ann, await product.addService('fake', fake.url));
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const send = async (
    method: string,
    params: Record<string, unknown> = {},
    headers: Record<string, string> = {},
    key = ann.key,
  ): Promise<Answer> => {
    const name = params['name'] ?? params['uri'];
    const response = await product.post(key, request(method, params), {
      'mcp-protocol-version': VERSION,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
      ...headers,
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const request = (method: string, params: Record<string, unknown> = {}) => ({
    jsonrpc: '2.0',
    id: 7,
    method,
    params: { ...params, _meta: { ...META, ...(params['_meta'] as object | undefined) } },
  });
  const echo = { name: 'fake__echo', arguments: { text: 'hello' } };

  it('a plain list says the same as one that is not plain enough to go past the SDK', async () => {
    const plain = await send('tools/list');
    expect(plain).toMatchObject({
      status: 200,
      id: 7,
      result: { resultType: 'complete', ttlMs: 0, cacheScope: 'private' },
    });
    expect(await send('tools/list', { _meta: { progressToken: 1 } })).toEqual(plain);
    const apps = { extensions: { 'io.modelcontextprotocol/ui': {} } };
    const capable = { 'io.modelcontextprotocol/clientCapabilities': apps };
    const rendering = await send('tools/list', { _meta: capable });
    expect(await send('tools/list', { _meta: { ...capable, progressToken: 1 } })).toEqual(rendering);
  });

  describe('errors', () => {
    it.each(['ping', 'logging/setLevel', 'resources/subscribe', 'initialize', 'nonsense', 'constructor'])(
      'a method that this revision does not have (%s) is not found',
      async (method) => {
        expect(await send(method)).toMatchObject({ status: 404, id: 7, error: { code: -32601 } });
      },
    );

    it('a revision that nobody knows is answered with what is known', async () => {
      const _meta = { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };
      const answer = await send('tools/list', { _meta }, { 'mcp-protocol-version': '2099-01-01' });
      expect(answer).toMatchObject({ status: 400, error: { code: -32022, data: { supported: [VERSION] } } });
    });

    it('a batch is refused', async () => {
      const response = await product.post(ann.key, [request('tools/list')], { 'mcp-protocol-version': VERSION });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: -32600 } });
    });

    it('a response that a client posts is refused', async () => {
      const response = await product.post(
        ann.key,
        { jsonrpc: '2.0', id: 7, result: {} },
        { 'mcp-protocol-version': VERSION },
      );
      expect(response.status).toBe(400);
    });

    it('a request without its envelope is refused', async () => {
      const response = await product.post(
        ann.key,
        { jsonrpc: '2.0', id: 7, method: 'tools/list' },
        { 'mcp-protocol-version': VERSION, 'mcp-method': 'tools/list' },
      );
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: -32602 } });
    });

    it.each(['gatehouse://fake/fake://gone', 'gatehouse://nobody/x', 'file:///etc/passwd'])(
      'the resource %s is not found by invalid params',
      async (uri) => {
        expect((await send('resources/read', { uri })).error).toMatchObject({
          code: -32602,
          data: { code: 'not_found', uri },
        });
      },
    );

    it.each(['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'])(
      'a cursor for %s is never ours, whoever made it up',
      async (method) => {
        expect((await send(method, { cursor: 'eyJvZmZzZXQiOjF9' })).error).toMatchObject({ code: -32602 });
      },
    );
  });

  describe('headers that contradict the body', () => {
    it.each<[string, Record<string, string>]>([
      ['another method', { 'mcp-method': 'tools/list' }],
      ['another tool', { 'mcp-name': 'fake__add' }],
      ['the tool in another case', { 'mcp-name': 'Fake__echo' }],
      ['a name that is no base64', { 'mcp-name': '=?base64?%%%?=' }],
      ['a name whose base64 is cut short', { 'mcp-name': '=?base64?ZmFrZV9fZWNobw?=' }],
      ['another revision', { 'mcp-protocol-version': '2025-11-25' }],
      ['an argument that the tool does not mirror', { 'mcp-param-text': 'hello' }],
    ])('%s: nothing is called', async (_, headers) => {
      const before = fake.state.calls.length;
      expect(await send('tools/call', echo, headers)).toMatchObject({ status: 400, id: 7, error: { code: -32020 } });
      expect(fake.state.calls).toHaveLength(before);
    });

    it('are taken in base64 as well', async () => {
      const encoded = `=?base64?${Buffer.from(echo.name).toString('base64')}?=`;
      expect(await send('tools/call', echo, { 'mcp-name': encoded })).toMatchObject({ status: 200 });
    });

    it('say nothing of a tool that the caller does not see', async () => {
      const bob = await product.addPerson('bob');
      const hidden = await send('tools/call', echo, { 'mcp-param-text': 'x' }, bob.key);
      const missing = await send('tools/call', { ...echo, name: 'no__such' }, { 'mcp-param-text': 'x' }, bob.key);
      expect([hidden.status, hidden.error?.code]).toEqual([missing.status, missing.error?.code]);
    });
  });

  describe('what a client is told', () => {
    it.each([
      ['tools/list', {}],
      ['prompts/list', {}],
      ['resources/list', {}],
      ['resources/templates/list', {}],
      ['server/discover', {}],
      ['resources/read', { uri: 'gatehouse://fake/fake://text' }],
    ])('%s is for this caller alone, and stale at once', async (method, params) => {
      expect((await send(method, params)).result).toMatchObject({
        resultType: 'complete',
        ttlMs: 0,
        cacheScope: 'private',
      });
    });

    it('names us, never the service behind us', async () => {
      const { result } = await send('tools/call', echo);
      expect(result?.['_meta']).toMatchObject({ 'io.modelcontextprotocol/serverInfo': { name: 'gatehouse' } });
    });
  });

  describe.each<FakeEra>(['legacy', 'modern'])('a stream about resources of a %s service', (era) => {
    let service: RunningFakeMcp;
    let slug: string;

    beforeAll(async () => {
      service = await startFakeMcpServer({ era });
      slug = `watched-${era}`;
      await product.grant(ann, await product.addService(slug, service.url));
    });

    afterAll(() => service.close());

    const listen = async (resourceSubscriptions: string[], key = ann.key): Promise<Stream> => {
      const body = request('subscriptions/listen', { notifications: { resourceSubscriptions } });
      const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'subscriptions/listen' };
      return new Stream(await product.post(key, body, headers));
    };
    const address = (uri: string): string => `gatehouse://${slug}/${uri}`;

    it('acknowledges what will come, and nothing else', async () => {
      const stream = await listen([address('fake://text'), 'gatehouse://nobody/x', 'file:///etc/passwd']);
      expect((await stream.next()).params).toMatchObject({
        notifications: { resourceSubscriptions: [address('fake://text')] },
      });
      stream.close();
    });

    it('tells of changes under our address, with the id of the subscription', async () => {
      const stream = await listen([address('fake://text')]);
      await stream.next();
      const touching = setInterval(() => service.state.touch('fake://text'), 20);
      const { method, params } = await stream.next();
      clearInterval(touching);
      expect(method).toBe('notifications/resources/updated');
      expect(params).toMatchObject({
        uri: address('fake://text'),
        _meta: { 'io.modelcontextprotocol/subscriptionId': 7 },
      });
      stream.close();
    });

    it('is not for somebody who may not read them', async () => {
      const stranger = await product.addPerson(`stranger-${era}`);
      const stream = await listen([address('fake://text')], stranger.key);
      expect((await stream.next()).params).toMatchObject({ notifications: {} });
      expect((await stream.next()).result).toMatchObject({ resultType: 'complete' });
    });
  });

  it('ends streams with an empty result when the process stops', async () => {
    const other = await RunningProduct.start();
    const cid = await other.addPerson('cid');
    const body = request('subscriptions/listen', { notifications: { toolsListChanged: true } });
    const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'subscriptions/listen' };
    const stream = new Stream(await other.post(cid.key, body, headers));
    await stream.next();
    const stopped = other.stop();
    expect(await stream.next()).toMatchObject({ id: 7, result: { resultType: 'complete' } });
    await stopped;
  });
});

interface Message {
  id?: unknown;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
}

/** The messages of an event stream, one after the other. */
class Stream {
  private readonly reader: ReadableStreamDefaultReader<string>;
  private rest = '';

  constructor(response: Response) {
    if (!response.body) throw new Error('There is no stream.');
    this.reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  async next(): Promise<Message> {
    for (;;) {
      const end = this.rest.indexOf('\n\n');
      if (end >= 0) {
        const event = this.rest.slice(0, end);
        this.rest = this.rest.slice(end + 2);
        const data = /^data: (.+)$/m.exec(event)?.[1];
        if (data) return JSON.parse(data) as Message;
        continue;
      }
      const { done, value } = await this.reader.read();
      if (done) throw new Error('The stream ended.');
      this.rest += value;
    }
  }

  close(): void {
    void this.reader.cancel();
  }
}
