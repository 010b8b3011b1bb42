import { startProduct, type Product } from '../support/product.js';

describe('probes and metrics', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });

  afterAll(() => product.gatehouse.stop());

  it.each(['live', 'startup', 'ready'])('/health/%s answers anybody with one word', async (probe) => {
    const response = await fetch(`${product.gatehouse.url}/health/${probe}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('/health/ready tells its checks to whoever may read them', async () => {
    const { details } = await product.owner.call<{ details: Record<string, { status: string }> }>(
      'GET',
      '/health/ready',
    );
    expect(Object.keys(details).sort()).toEqual([
      'auditWriter',
      'database',
      'disk',
      'lifecycle',
      'memory',
      'migrations',
      'redis',
    ]);
    expect(Object.values(details).every((check) => check.status === 'up')).toBe(true);
    expect(details['disk']).toEqual({
      ...details['disk'],
      freeBytes: expect.any(Number),
      totalBytes: expect.any(Number),
    });
  });

  it('/metrics counts in the format of Prometheus', async () => {
    const text = await (await fetch(`${product.gatehouse.url}/metrics`)).text();
    expect(text).toContain('# TYPE gatehouse_tool_calls_total counter');
    expect(text).toMatch(/^gatehouse_disk_free_ratio 0\.\d+$/m);
  });

  it('/metrics is not there for a request that came through a proxy', async () => {
    const response = await fetch(`${product.gatehouse.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(response.status).toBe(404);
  });
});

describe('answers to browsers', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });

  afterAll(() => product.gatehouse.stop());

  it('the console comes under a policy without inline code, with a fresh nonce', async () => {
    const load = async () => {
      const response = await fetch(`${product.gatehouse.url}/admin/mcp`);
      return response.headers.get('content-security-policy') ?? '';
    };
    const [first, second] = [await load(), await load()];
    expect(first).not.toContain('unsafe-inline');
    expect(first).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}'/);
    expect(first).not.toBe(second);
  });

  it('a missing file of the console is a 404 and not the page', async () => {
    expect((await fetch(`${product.gatehouse.url}/admin/missing.js`)).status).toBe(404);
  });

  it('the widget may be loaded by any page', async () => {
    const response = await fetch(`${product.gatehouse.url}/embed/v1/chat.js`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it.each(['/api/auth/me', '/health/live', '/admin/', '/nothing'])(
    '%s says nosniff and refuses framing',
    async (path) => {
      const { headers } = await fetch(`${product.gatehouse.url}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );
});
