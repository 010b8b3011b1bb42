import { once } from 'node:events';
import { Client } from '@modelcontextprotocol/client';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { WebSocket } from 'ws';
import { RunningProduct, type Person } from '../../spec/running-product.js';
import { SocketClientTransport } from '../spec/socket-client.js';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const HELLO = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } },
};
const ERAS = { modern: { pin: '2026-07-28' }, legacy: 'legacy' } as const;

interface Answer {
  id?: number | null;
  method?: string;
  result?: { content?: { text: string }[]; tools?: { name: string }[] };
  error?: { code: number; message: string };
}

/** A bare socket, for what no client would send. */
class Bare {
  readonly heard: Answer[] = [];
  closed: number | undefined;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString()) as Answer));
    socket.on('close', (code) => (this.closed = code));
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  hear(what: string, is: (answer: Answer) => boolean): Promise<Answer> {
    return waitFor(what, () => this.heard.find(is));
  }

  end(): Promise<number> {
    return waitFor('the socket to close', () => this.closed);
  }
}

describe('the WebSocket door', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let serviceId: string;

  beforeAll(async () => {
    product = await RunningProduct.start({ GATEHOUSE_MCP_WEBSOCKET: 'on' });
    fake = await startFakeMcpServer({ era: 'legacy', talks: true });
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const address = (path = '/mcp/ws') => `${product.url.replace('http', 'ws')}${path}`;
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  /** Like a browser's socket, one event at a time: the SDK's client loses progress that comes in one tick with its answer. */
  const knock = (headers: Record<string, string>, path?: string) =>
    new WebSocket(address(path), 'mcp', { headers, allowSynchronousEvents: false });

  const bare = async (key = ann.key, path?: string): Promise<Bare> => {
    const socket = knock(bearer(key), path);
    const conversation = new Bare(socket);
    await once(socket, 'open');
    return conversation;
  };

  const connect = async (era: keyof typeof ERAS, person = ann, path?: string): Promise<Client> => {
    const client = new Client({ name: 'spec', version: '1' }, { versionNegotiation: { mode: ERAS[era] } });
    await client.connect(new SocketClientTransport(knock(bearer(person.key), path)));
    return client;
  };

  const statusOf = async (socket: WebSocket): Promise<number> => {
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    socket.on('error', () => undefined);
    socket.terminate();
    return response.statusCode;
  };

  describe.each(['modern', 'legacy'] as const)('a client of the %s era', (era) => {
    let client: Client;
    beforeAll(async () => (client = await connect(era)));
    afterAll(() => client.close());

    it('lists and calls, as by HTTP', async () => {
      expect((await client.listTools()).tools.map(({ name }) => name)).toContain('fake__echo');
      const { content } = await client.callTool({ name: 'fake__echo', arguments: { text: '你好' } });
      expect(content).toEqual([{ type: 'text', text: '你好' }]);
    });

    it('hears progress', async () => {
      const heard: number[] = [];
      await client.callTool(
        { name: 'fake__progress', arguments: { steps: 3 } },
        { onprogress: ({ progress }) => heard.push(progress) },
      );
      expect(heard).toEqual([1, 2, 3]);
    });

    it('can cancel, and the service hears of it', async () => {
      const before = { calls: fake.state.calls.length, cancelled: fake.state.cancelled.length };
      const cancel = new AbortController();
      const call = client.callTool({ name: 'fake__silent', arguments: {} }, { signal: cancel.signal });
      call.catch(() => undefined);
      await waitFor('the call', () => fake.state.calls.length > before.calls);
      cancel.abort();
      await waitFor('the service to hear', () => fake.state.cancelled.length > before.cancelled);
    });

    it('hears when its list changes', async () => {
      const person = await product.addPerson(`socket-${era}`);
      const listener = await connect(era, person);
      let heard = 0;
      listener.setNotificationHandler('notifications/tools/list_changed', () => void (heard += 1));
      if (era === 'modern') await listener.listen({ toolsListChanged: true });
      await product.grant(person, serviceId, 'echo');
      await waitFor('the news', () => heard > 0);
      expect((await listener.listTools()).tools.map(({ name }) => name)).toEqual(['fake__echo']);
      await listener.close();
    });
  });

  it('has an address for one service', async () => {
    const client = await connect('legacy', ann, '/mcp/ws/s/fake');
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('echo');
    await client.close();
  });

  describe('at the door', () => {
    it.each([
      ['without a key', {}, 401],
      ['with a wrong key', { authorization: 'Bearer ghk_wrong' }, 401],
      ['with a cookie alone', { cookie: 'gatehouse_session=x' }, 401],
      ['from a page of another site', { origin: 'https://evil.example' }, 403],
      ['for another host', { host: 'evil.example' }, 421],
    ] as [string, Record<string, string>, number][])('refuses whoever comes %s', async (_, headers, status) => {
      const own = status === 401 ? headers : { ...bearer(ann.key), ...headers };
      expect(await statusOf(knock(own))).toBe(status);
    });

    it('takes no key from the address', async () => {
      expect(await statusOf(new WebSocket(`${address()}?token=${ann.key}`, 'mcp'))).toBe(400);
    });

    it.each(['/mcp', '/mcp/ws/x', '/api/health'])('opens no socket at %s', async (path) => {
      expect(await statusOf(knock(bearer(ann.key), path))).toBe(404);
    });

    it('says what it speaks to whoever comes by HTTP', async () => {
      const response = await fetch(`${product.url}/mcp/ws`, { headers: bearer(ann.key) });
      expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    });

    it('lets one person open only so many', async () => {
      const many = await product.addPerson('many');
      const open = await Promise.all(Array.from({ length: 20 }, () => bare(many.key)));
      expect(await statusOf(knock(bearer(many.key)))).toBe(429);
      open[0]?.socket.close();
      await open[0]?.end();
      const again = await waitFor('a free place', async () => {
        const socket = knock(bearer(many.key));
        socket.on('error', () => undefined);
        return Promise.race([
          once(socket, 'open').then(() => socket),
          once(socket, 'unexpected-response').then(() => undefined),
        ]);
      });
      for (const each of [...open.map(({ socket }) => socket), again]) each.terminate();
    });
  });

  describe('frames', () => {
    it.each([
      ['no JSON', '{"jsonrpc":', -32700],
      ['a key twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}', -32600],
      ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
      ['a number', '7', -32600],
      ['deep', '['.repeat(100_000), -32600],
    ])('that are %s are refused, and the next is heard', async (_, text, code) => {
      const one = await bare();
      one.say(text);
      expect(await one.hear('the refusal', ({ id }) => id === null)).toMatchObject({ error: { code } });
      one.say(HELLO);
      await one.hear('the answer', ({ id, result }) => id === 0 && result !== undefined);
      one.socket.close();
    });

    it('that are too large end the connection', async () => {
      const one = await bare();
      one.say(JSON.stringify({ ...HELLO, pad: 'x'.repeat(10 * 1024 * 1024) }));
      expect(await one.end()).toBe(1009);
    });

    it('that are no text end the connection', async () => {
      const one = await bare();
      one.socket.send(Buffer.from([1, 2, 3]));
      expect(await one.end()).toBe(1003);
    });

    it('that use an open id again end the connection, for either era', async () => {
      const call = { jsonrpc: '2.0', id: 9, method: 'tools/call', params: { name: 'fake__silent', arguments: {} } };
      const legacy = await bare();
      legacy.say(HELLO);
      for (let times = 0; times < 2; times += 1) legacy.say(call);
      expect(await legacy.end()).toBe(1008);
      const modern = await bare();
      for (let times = 0; times < 2; times += 1) modern.say({ ...call, params: { ...call.params, _meta: META } });
      expect(await modern.end()).toBe(1008);
    });

    it('that answer questions nobody asked are dropped', async () => {
      const one = await bare();
      one.say({ jsonrpc: '2.0', id: 0, result: { action: 'accept' } });
      one.say(HELLO);
      one.say({ jsonrpc: '2.0', id: 12, result: { action: 'accept' } });
      one.say({ jsonrpc: '2.0', id: 1, method: 'ping' });
      await one.hear('the answer', ({ id }) => id === 1);
      expect(one.heard.map(({ id }) => id)).toEqual([0, 1]);
      one.socket.close();
    });

    it('are refused when too many requests wait', async () => {
      const one = await bare();
      for (let id = 1; id <= 101; id += 1) {
        one.say({
          jsonrpc: '2.0',
          id,
          method: 'tools/call',
          params: { name: 'fake__silent', arguments: {}, _meta: META },
        });
      }
      expect(await one.hear('the refusal', ({ id }) => id === 101)).toMatchObject({ error: { code: 429 } });
      one.socket.terminate();
    });
  });

  it('speaks both eras on one socket', async () => {
    const one = await bare();
    one.say({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } });
    one.say(HELLO);
    one.say({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    for (const expected of [1, 2]) {
      const { result } = await one.hear(`answer ${expected}`, ({ id }) => id === expected);
      expect(result?.tools?.map(({ name }) => name)).toContain('fake__echo');
    }
    one.socket.close();
  });

  it('begins a legacy session with initialize, once', async () => {
    const one = await bare();
    one.say({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(await one.hear('the refusal', ({ id }) => id === 1)).toMatchObject({ error: { code: -32000 } });
    one.say(HELLO);
    one.say({ ...HELLO, id: 2 });
    expect(await one.hear('the second', ({ id }) => id === 2)).toMatchObject({ error: { code: -32600 } });
    one.socket.close();
  });

  it('cancels at the service what was open when the connection breaks', async () => {
    const open = () => fake.state.calls.filter(({ tool }) => tool === 'silent').length - fake.state.cancelled.length;
    await waitFor('the calls of others to end', () => open() === 0);
    const one = await bare();
    one.say({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'fake__silent', arguments: {}, _meta: META },
    });
    one.say(HELLO);
    one.say({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'fake__silent', arguments: {} } });
    await waitFor('both calls', () => open() === 2);
    one.socket.terminate();
    await waitFor('both to be cancelled', () => open() === 0);
  });

  it('carries a question in the middle of a call, and its answer', async () => {
    const client = new Client({ name: 'spec', version: '1' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler('elicitation/create', ({ params }) => ({
      action: 'accept',
      content: { answer: `to ${params.message}` },
    }));
    await client.connect(new SocketClientTransport(knock(bearer(ann.key))));
    const { content } = await client.callTool({ name: 'fake__ask', arguments: { question: 'who?' } });
    expect(JSON.stringify(content)).toContain('to who?');
    await client.close();
  });

  it('cancels the call when the connection breaks in the middle of a question', async () => {
    const one = await bare();
    one.say({ ...HELLO, params: { ...HELLO.params, capabilities: { elicitation: {} } } });
    one.say({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'fake__ask', arguments: { question: 'x' } },
    });
    await one.hear('the question', ({ method }) => method === 'elicitation/create');
    one.socket.terminate();
    await waitFor('the record', async () => {
      const path = '/api/audit/calls?limit=1&tool=ask';
      const { items } = await product.owner.call<{ items: { status: string }[] }>('GET', path);
      return items[0]?.status === 'cancelled';
    });
  });

  it('closes when the credential is revoked, and asks for rights anew with every message', async () => {
    const leaver = await product.addPerson('leaver');
    const grant = await product.grant(leaver, serviceId, 'echo');
    const one = await bare(leaver.key);
    const list = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list', params: { _meta: META } });
    one.say(list(1));
    expect((await one.hear('the list', ({ id }) => id === 1)).result?.tools).toHaveLength(1);
    await product.owner.call('DELETE', `/api/mcp/grants/${grant}`);
    one.say(list(2));
    expect((await one.hear('the list', ({ id }) => id === 2)).result?.tools).toEqual([]);
    await product.owner.call('DELETE', `/api/users/${leaver.id}`);
    expect(await one.end()).toBe(1008);
  });

  it('keeps people apart who use the same ids at the same time', async () => {
    const dan = await product.addPerson('dan');
    await product.grant(dan, serviceId);
    const sockets = await Promise.all([bare(ann.key), bare(dan.key)]);
    const text = (who: number, id: number) => `${who} says ${id}`;
    sockets.forEach((socket, who) => {
      for (let id = 1; id <= 50; id += 1) {
        const params = { name: 'fake__echo', arguments: { text: text(who, id) }, _meta: META };
        socket.say({ jsonrpc: '2.0', id, method: 'tools/call', params });
      }
    });
    for (const [who, { heard, socket }] of sockets.entries()) {
      await waitFor('all answers', () => heard.length === 50);
      for (const { id, result } of heard) expect(result?.content?.[0]?.text).toBe(text(who, id ?? 0));
      socket.close();
    }
  });
});

describe('the WebSocket door, when it is closed', () => {
  it('does not exist', async () => {
    const product = await RunningProduct.start();
    const person = await product.addPerson('ann');
    const response = await fetch(`${product.url}/mcp/ws`, { headers: { authorization: `Bearer ${person.key}` } });
    expect(response.status).toBe(404);
    await product.stop();
  });
});
