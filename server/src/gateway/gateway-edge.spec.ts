import { jest } from '@jest/globals';
import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { ListWatch } from './list-watch.js';
import { RunningProduct, type Person } from '../spec/running-product.js';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const CALL_HEADERS = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'fake__echo' };
const HELLO = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } },
};
const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

const modernCall = (name: string, args: object = { text: 'hi' }) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args, _meta: META },
});

describe('the edge at /mcp', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let ben: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    const serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    ben = await product.addPerson('ben');
    await product.grant(ann, serviceId);
    await product.grant(ben, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const errorOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: number; data?: { code: string } } };
    return { status: response.status, rpc: error.code, code: error.data?.code };
  };

  const openSession = async (key: string, version = '2025-11-25'): Promise<string> => {
    const response = await product.post(key, { ...HELLO, params: { ...HELLO.params, protocolVersion: version } });
    await response.text();
    return response.headers.get('mcp-session-id') ?? '';
  };

  describe('credentials', () => {
    it.each([
      ['without any', undefined, 'auth_required'],
      ['with a wrong key', 'ghk_wrong', 'api_key_invalid'],
    ])('answers 401 %s and says how to come', async (_, key, code) => {
      const response = await product.post(key, LIST);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await errorOf(response)).toMatchObject({ status: 401, code });
    });

    it('does not count a cookie, which a browser sends unasked', async () => {
      const response = await product.owner.fetch('POST', '/mcp', LIST);
      expect(await errorOf(response)).toMatchObject({ status: 401, code: 'auth_required' });
    });

    it('does not take a key from the address', async () => {
      const response = await fetch(`${product.url}/mcp?token=${ann.key}`, { method: 'POST' });
      expect(await errorOf(response)).toMatchObject({ status: 400, code: 'credential_ambiguous' });
    });

    it('refuses pages of other origins before it looks at anything else', async () => {
      expect(await errorOf(await product.post(ann.key, LIST, { origin: 'https://evil.example' }))).toMatchObject({
        status: 403,
      });
    });
  });

  describe('bodies', () => {
    it.each([
      ['no JSON', '{"jsonrpc":', -32700],
      ['nothing', '', -32700],
      ['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22]), -32700],
      ['a key twice', '{"jsonrpc":"2.0","id":1,"method":"ping","\\u006dethod":"tools/list"}', -32600],
      ['a megabyte of brackets', '['.repeat(1_000_000), -32600],
      ['a number', '7', -32600],
      ['null', 'null', -32600],
      ['an empty batch', '[]', -32600],
      ['an id that is null', JSON.stringify({ ...LIST, id: null }), -32600],
      ['an id that is an object', JSON.stringify({ ...LIST, id: {} }), -32600],
      ['an id that is a fraction', JSON.stringify({ ...LIST, id: 1.5 }), -32600],
      ['a method of another case', '{"jsonrpc":"2.0","id":1,"Method":"ping"}', -32600],
      ['a modern batch', JSON.stringify([modernCall('fake__echo')]), -32600],
    ])('are refused when they are %s', async (_, body, rpc) => {
      expect(await errorOf(await product.post(ann.key, body))).toMatchObject({ status: 400, rpc });
    });

    it('are refused when they are larger than a megabyte', async () => {
      const response = await product.post(ann.key, JSON.stringify({ ...LIST, pad: 'x'.repeat(1 << 20) }));
      expect(await errorOf(response)).toMatchObject({ status: 413, code: 'payload_too_large' });
    });

    it.each([
      ['another type', { 'content-type': 'text/plain' }],
      ['compressed', { 'content-encoding': 'gzip' }],
    ])('are refused when they are %s', async (_, headers) => {
      expect(await errorOf(await product.post(ann.key, JSON.stringify(LIST), headers))).toMatchObject({ status: 415 });
    });
  });

  describe('the modern era', () => {
    it.each([
      ['another tool', { ...CALL_HEADERS, 'mcp-name': 'fake__add' }],
      ['another method', { ...CALL_HEADERS, 'mcp-method': 'tools/list' }],
      ['another version', { ...CALL_HEADERS, 'mcp-protocol-version': '2025-11-25' }],
    ])('refuses headers that name %s than the body, and sends nothing', async (_, headers) => {
      const before = fake.state.calls.length;
      expect(await errorOf(await product.post(ann.key, modernCall('fake__echo'), headers))).toMatchObject({
        status: 400,
        rpc: -32020,
      });
      expect(fake.state.calls).toHaveLength(before);
    });

    it('names the versions that it speaks', async () => {
      const meta = { ...META, 'io.modelcontextprotocol/protocolVersion': '2031-01-01' };
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } };
      const response = await product.post(ann.key, body, {
        'mcp-protocol-version': '2031-01-01',
        'mcp-method': 'tools/list',
      });
      expect(await errorOf(response)).toMatchObject({ status: 400, rpc: -32022 });
    });

    it('answers 404 to methods that it does not know', async () => {
      const body = { jsonrpc: '2.0', id: 1, method: 'no/such', params: { _meta: META } };
      const response = await product.post(ann.key, body, {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'no/such',
      });
      expect(await errorOf(response)).toMatchObject({ status: 404, rpc: -32601 });
    });

    it('introduces itself with instructions', async () => {
      const body = { jsonrpc: '2.0', id: 1, method: 'server/discover', params: { _meta: META } };
      const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'server/discover' };
      const response = await product.post(ann.key, body, headers);
      expect(await response.json()).toMatchObject({ result: { instructions: expect.stringContaining('fake') } });
    });

    it('marks every list as private', async () => {
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } };
      const response = await product.post(ann.key, body, {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/list',
      });
      expect(await response.json()).toMatchObject({
        result: { cacheScope: 'private', ttlMs: 0, resultType: 'complete' },
      });
    });
  });

  describe('legacy sessions', () => {
    it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
      'speak revision %s when asked',
      async (version) => {
        const response = await product.post(ann.key, {
          ...HELLO,
          params: { ...HELLO.params, protocolVersion: version },
        });
        expect(await response.json()).toMatchObject({ result: { protocolVersion: version } });
      },
    );

    it('exist for nobody but the credential that opened them', async () => {
      const id = await openSession(ann.key);
      const listed = await product.post(ann.key, LIST, { 'mcp-session-id': id });
      expect(listed.status).toBe(200);
      for (const [key, session] of [
        [ben.key, id],
        [ann.key, 'guessed'],
      ] as const) {
        const headers = { 'mcp-session-id': session };
        expect(await errorOf(await product.post(key, LIST, headers))).toEqual({
          status: 404,
          rpc: -32001,
          code: undefined,
        });
        const deleted = await fetch(`${product.url}/mcp`, {
          method: 'DELETE',
          headers: { ...headers, authorization: `Bearer ${key}` },
        });
        expect(deleted.status).toBe(404);
      }
    });

    it('end when their client says so', async () => {
      const id = await openSession(ann.key);
      const headers = { 'mcp-session-id': id, authorization: `Bearer ${ann.key}` };
      expect((await fetch(`${product.url}/mcp`, { method: 'DELETE', headers })).status).toBe(204);
      expect((await product.post(ann.key, LIST, headers)).status).toBe(404);
    });

    it('begin with initialize', async () => {
      expect(await errorOf(await product.post(ann.key, LIST))).toMatchObject({ status: 400, rpc: -32000 });
    });

    it('take batches in the one revision that has them', async () => {
      const batch = [
        { ...LIST, id: 'a' },
        { jsonrpc: '2.0', id: 'b', method: 'ping' },
      ];
      const old = await product.post(ann.key, batch, { 'mcp-session-id': await openSession(ann.key, '2025-03-26') });
      expect(((await old.json()) as { id: string }[]).map(({ id }) => id).sort()).toEqual(['a', 'b']);
      const later = await product.post(ann.key, batch, { 'mcp-session-id': await openSession(ann.key) });
      expect(await errorOf(later)).toMatchObject({ status: 400, rpc: -32600 });
    });

    it('refuse an id whose request is still open', async () => {
      const headers = { 'mcp-session-id': await openSession(ann.key) };
      const call = {
        jsonrpc: '2.0',
        id: 9,
        method: 'tools/call',
        params: { name: 'fake__slow', arguments: { ms: 300 } },
      };
      const first = product.post(ann.key, call, headers);
      const second = await product.post(ann.key, call, headers);
      const answers = [await first, second].map(({ status }) => status).sort();
      expect(answers).toEqual([200, 400]);
    });

    it('open a stream only for whoever takes one', async () => {
      const headers = { 'mcp-session-id': await openSession(ann.key), authorization: `Bearer ${ann.key}` };
      expect((await fetch(`${product.url}/mcp`, { headers: { ...headers, accept: 'application/json' } })).status).toBe(
        406,
      );
    });
  });

  it.each(['PUT', 'PATCH', 'OPTIONS'])('does not know the method %s', async (method) => {
    const response = await fetch(`${product.url}/mcp`, { method, headers: { authorization: `Bearer ${ann.key}` } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST, DELETE');
  });

  describe('of one service', () => {
    const at = (path: string, body: unknown) => product.post(ann.key, body, {}, path);
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } },
    };

    it('shows it under its own names', async () => {
      const opened = await at('/mcp/s/fake', initialize);
      const headers = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
      const { result } = (await (await product.post(ann.key, LIST, headers, '/mcp/s/fake')).json()) as {
        result: { tools: { name: string }[] };
      };
      expect(result.tools.map(({ name }) => name)).toContain('echo');
    });

    it('has sessions of its own', async () => {
      const opened = await at('/mcp/s/fake', initialize);
      const headers = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
      expect((await product.post(ann.key, LIST, headers)).status).toBe(404);
      expect((await product.post(ann.key, LIST, headers, '/mcp/s/other')).status).toBe(404);
    });

    it('lets anybody in, and says why there is nothing', async () => {
      const { result } = (await (await at('/mcp/s/nobody', initialize)).json()) as { result: { instructions: string } };
      expect(result.instructions).toContain('nobody');
    });
  });

  it('knows no path below its own', async () => {
    expect((await fetch(`${product.url}/mcp/unknown`, { method: 'POST' })).status).toBe(404);
  });

  it('survives a list that changes in the moment in which its session ends', async () => {
    const watch = jest.spyOn(product.app.get(ListWatch), 'watch');
    const session = await openSession(ann.key);
    const headers = { authorization: `Bearer ${ann.key}`, 'mcp-session-id': session };
    const stream = await fetch(`${product.url}/mcp`, { headers: { ...headers, accept: 'text/event-stream' } });
    const [, watcher] = watch.mock.calls.at(-1) ?? [];
    await fetch(`${product.url}/mcp`, { method: 'DELETE', headers });
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    watcher?.onChanged('tools');
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', unhandled);
    await stream.body?.cancel();
    watch.mockRestore();
    expect(watcher).toBeDefined();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
