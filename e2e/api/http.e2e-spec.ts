import { request } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { ErrorAnswer, Product } from '../support/product.js';
import { OWNER, startProduct } from '../support/product.js';

/** What goes over the wire below the API: names, methods, spellings, bodies, headers. */
describe('HTTP', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });

  afterAll(() => product.gatehouse.stop());

  /** Unlike fetch, sends any path, method and header as they are. */
  const send = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(product.gatehouse.url);
      const sent = request({ hostname, port, method, path, headers }, (response) => {
        textOf(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          reject,
        );
      });
      sent.on('error', reject).end(body);
    });

  const postJson = (path: string, body: string, headers = {}) =>
    send('POST', path, { 'content-type': 'application/json', ...headers }, body);

  const codeOf = (text: string): string => (JSON.parse(text) as ErrorAnswer).error.code;

  describe('the host', () => {
    it.each(['/api/setup', '/metrics', '/admin/', '/demo', '/'])(
      'that is not ours gets nothing of %s',
      async (path) => {
        const answer = await send('GET', path, { host: 'rebound.example.com' });
        expect([answer.status, codeOf(answer.text)]).toEqual([421, 'host_unknown']);
        expect((await send('GET', '/mcp', { host: 'rebound.example.com' })).status).toBe(421);
      },
    );

    it('may be anything for a probe', async () => {
      expect(await send('GET', '/health/live', { host: '10.1.2.3:8080' })).toMatchObject({ status: 200 });
    });

    it('is not believed in headers of a proxy that nobody named', async () => {
      const forwarded = {
        'x-forwarded-host': 'rebound.example.com',
        'x-forwarded-proto': 'https',
        'x-original-url': '/metrics',
      };
      expect((await send('GET', '/api/auth/me', { ...forwarded, 'x-user-id': 'owner' })).status).toBe(401);
      expect((await send('GET', '/metrics', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(404);
    });
  });

  it.each([
    ['TRACE', '/api/auth/me', 404],
    ['OPTIONS', '/api/users', 404],
    ['HEAD', '/api/users', 401],
    ['GET', '//api/users', 404],
    ['GET', '/api//users', 404],
    ['GET', '/api/users/', 401],
    ['GET', '/API/users', 401],
    ['GET', '/admin/..%2f..%2f..%2fpackage.json', 404],
    ['GET', '/embed/v1/%2e%2e%2f%2e%2e%2fpackage.json', 404],
    ['GET', '/demo/..%2fdemo.controller.js', 404],
    ['GET', '/api/users/%2e%2e/setup', 404],
    ['GET', '/api/%ff', 400],
    ['GET', '/api/mcp/services/%00', 401],
    ['GET', '/mcp/../api/users', 404],
    ['GET', '/MCP', 404],
  ])('%s %s opens no side door', async (method, path, status) => {
    const answer = await send(method, path);
    expect(answer.status).toBe(status);
    if (method !== 'HEAD') expect(answer.text).toMatch(/"requestId":"(?!none)/);
  });

  it('passes an encoded slash in a name or address on to the tool or resource, not to the router', async () => {
    for (const path of [
      '/api/mcp/services/a/tools/x%2F..%2Fpolicy',
      '/api/mcp/services/a/resources/file%3A%2F%2F%2Fetc%2Fpasswd',
    ])
      expect(
        await product.owner.fetch(
          path.includes('tools') ? 'POST' : 'GET',
          path,
          path.includes('tools') ? { arguments: {} } : undefined,
        ),
      ).toMatchObject({ status: 404 });
  });

  describe('a body', () => {
    const cases: [string, string, number, string][] = [
      ['of a megabyte of brackets', '['.repeat(1_048_000), 400, 'validation_failed'],
      [
        'nested half a million times',
        `{"email":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
        400,
        'validation_failed',
      ],
      [
        'with eighty thousand keys',
        `{${Array.from({ length: 80_000 }, (_, at) => `"k${at}":1`).join()}}`,
        400,
        'validation_failed',
      ],
      [
        'that names a key twice',
        '{"email":"a@b.co","email":"owner@example.org","password":"x"}',
        400,
        'validation_failed',
      ],
      ['with __proto__', '{"email":"a@b.co","password":"x","__proto__":{"isAdmin":true}}', 400, 'validation_failed'],
      ['of two megabytes', JSON.stringify({ email: 'x'.repeat(2_000_000) }), 413, 'payload_too_large'],
      ['that is a word', '"x"', 400, 'bad_request'],
      ['that is null', 'null', 400, 'bad_request'],
      ['that is a list', '[]', 400, 'validation_failed'],
      ['that is no JSON', '{"email":', 400, 'bad_request'],
    ];

    it.each(cases)('%s is refused', async (_, body, status, code) => {
      const answer = await postJson('/api/auth/login', body);
      expect([answer.status, codeOf(answer.text)]).toEqual([status, code]);
      expect(answer.text).not.toContain('"requestId":"none"');
    });

    it('of two megabytes in pieces is refused with an answer', async () => {
      const chunked = { 'transfer-encoding': 'chunked' };
      const answer = await postJson('/api/auth/login', JSON.stringify({ email: 'x'.repeat(2_000_000) }), chunked);
      expect(answer.status).toBe(413);
    });

    it.each([
      [{ 'content-type': 'text/plain' }],
      [{ 'content-type': 'multipart/form-data; boundary=x' }],
      [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }],
      [{}],
    ])('with %j is of no kind that we read', async (headers) => {
      expect((await send('POST', '/api/auth/login', headers as Record<string, string>, '{}')).status).toBe(415);
    });

    it('does not hold up others while it is looked at', async () => {
      const bombs = Array.from({ length: 10 }, () => postJson('/api/auth/login', cases[1]?.[1] ?? ''));
      expect((await send('GET', '/health/live')).status).toBe(200);
      for (const { status } of await Promise.all(bombs)) expect([400, 429]).toContain(status);
    });
  });

  describe('a connection', () => {
    const raw = (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(product.gatehouse.url);
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        textOf(socket).then(resolve, reject);
      });

    it.each([
      [
        'two lengths of one body',
        'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n',
      ],
      [
        'two different lengths',
        'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x',
      ],
      ['a header that goes on in the next line', 'GET /api/setup HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n'],
      ['a broken header', 'GET /api/setup HTTP/1.1\r\nHost: localhost\r\nX Y: a\r\n\r\n'],
      ['headers of 20 KiB', `GET /api/setup HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ])('with %s ends', async (_, bytes) => {
      expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    });
  });

  describe('every answer', () => {
    it.each([
      '/api/setup',
      '/api/nothing',
      '/api/%ff',
      '/mcp',
      '/admin/',
      '/health/live',
      '/metrics',
      '/demo',
      '/api/docs',
      '/',
    ])('of %s tells the browser to be careful', async (path) => {
      const { headers } = await send('GET', path);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    });

    it('of the API is kept by nobody', async () => {
      const me = await product.owner.fetch('GET', '/api/auth/me');
      expect(me.headers.get('cache-control')).toBe('no-store');
      expect(me.headers.get('etag')).toBeNull();
    });

    it.each(['https://evil.example.com', 'null', 'http://127.0.0.1.evil.example.com'])(
      'is unreadable for a page of %s',
      async (origin) => {
        const attempts: Record<string, string>[] = [{ origin }, { origin, 'access-control-request-method': 'POST' }];
        for (const headers of attempts) {
          const method = 'access-control-request-method' in headers ? 'OPTIONS' : 'GET';
          expect((await send(method, '/api/setup', headers)).headers).not.toHaveProperty('access-control-allow-origin');
        }
      },
    );

    it('that signs in sets a cookie that no script reads and no other site sends', async () => {
      const answer = await postJson('/api/auth/login', JSON.stringify(OWNER));
      const [cookie = '', ...more] = [answer.headers['set-cookie'] ?? []].flat();
      expect(more).toEqual([]);
      for (const part of ['__Host-gatehouse=', 'HttpOnly', 'Secure', 'SameSite=', 'Path=/'])
        expect(cookie).toContain(part);
      expect(cookie).not.toContain('Domain');
    });

    it('to a page of another site that posts with our cookie is a refusal', async () => {
      const foreign = await product.owner.fetch(
        'POST',
        '/api/groups',
        { name: 'X' },
        { origin: 'https://evil.example.com' },
      );
      expect(foreign.status).toBe(403);
      const sibling = await product.owner.fetch(
        'POST',
        '/api/groups',
        { name: 'X' },
        { 'sec-fetch-site': 'same-site' },
      );
      expect(sibling.status).toBe(403);
    });
  });
});
