import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EmbedAppBook } from '../auth/index.js';
import { readConfig } from '../platform/index.js';
import { AppSandbox } from './app-sandbox.js';

const OWN = 'https://gate.example';

describe('the origin of apps', () => {
  let server: Server;
  let sandbox: AppSandbox;

  beforeAll(async () => {
    const book = new EmbedAppBook();
    const allowedOrigins = ['https://intranet.example'];
    book.put({ id: 'a', name: 'Intranet', allowedOrigins, createUsers: false, secretHash: '' });
    sandbox = new AppSandbox(readConfig({ GATEHOUSE_PUBLIC_URL: OWN }), book);
    server = createServer((request, response) => sandbox.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => server.close());

  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${address()}${path}`, init);
  const policyOf = async (path: string): Promise<string> =>
    (await get(path)).headers.get('content-security-policy') ?? '';

  it('has an address only once it listens', () => {
    expect(() => sandbox.frame({})).toThrow(expect.objectContaining({ code: 'apps_off' }));
    sandbox.open(address());
    expect(sandbox.frame({}).frameUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/frame\?/);
  });

  it('serves the page under the policy that the app asked for, as far as it may', async () => {
    sandbox.open(address());
    const csp = { connectDomains: ['https://api.example', OWN, '*'], resourceDomains: ['https://cdn.example'] };
    const { frameUrl, reaches } = sandbox.frame(csp);
    expect(reaches).toEqual(['https://api.example', 'https://cdn.example']);
    const { pathname, search } = new URL(frameUrl);
    const policy = await policyOf(`${pathname}${search}&host=${OWN}`);
    expect(policy).toContain('connect-src https://api.example;');
    expect(policy).toContain("script-src 'self' 'unsafe-inline' https://cdn.example;");
    expect(policy).toContain(`frame-ancestors ${OWN}`);
  });

  it.each([
    [OWN, OWN],
    ['https://intranet.example', 'https://intranet.example'],
    ['https://evil.example', "'none'"],
    ['*', "'none'"],
    [`${OWN}; script-src *`, "'none'"],
    ['', "'none'"],
  ])('lets a page of %j show it: %s', async (host, ancestors) => {
    const policy = await policyOf(`/frame?host=${encodeURIComponent(host)}&policy=broken`);
    expect(policy).toMatch(new RegExp(`frame-ancestors ${ancestors.replaceAll('.', '\\.')}$`));
    expect(policy).toContain("connect-src 'none'");
  });

  it('has its page and its script, and nothing else', async () => {
    expect(await (await get('/frame.js')).text()).toContain('sandbox-');
    for (const path of [
      '/',
      '/api/session',
      '/mcp',
      '/admin/',
      '/frame/../../etc/passwd',
      '/app-sandbox.js',
      '//x/frame',
      '//[',
    ]) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).toBe('');
    }
    expect((await get('/frame', { method: 'POST' })).status).toBe(404);
  });

  it('sets no cookie, and no answer is taken for another type', async () => {
    for (const path of ['/frame', '/frame.js', '/nothing']) {
      const { headers } = await get(path, { headers: { cookie: 'gatehouse=1' } });
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
