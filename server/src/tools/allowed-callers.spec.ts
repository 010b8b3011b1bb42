import { ApiCaller, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../spec/running-product.js';

/** A proxy on this machine is trusted: who calls is whom it names, behind whatever a client wrote itself. */
describe('which callers a service takes', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    product = await RunningProduct.start({ GATEHOUSE_TRUSTED_PROXIES: 'loopback' });
    await product.addService('wiki', fake.url, {
      config: { allowedCallers: ['203.0.113.0/24', '2001:db8::/32'] },
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
    });
    ann = await product.addPerson('ann');
  });
  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const headers = (from?: string): Record<string, string> => (from === undefined ? {} : { 'x-forwarded-for': from });
  const byRest = async (from?: string): Promise<unknown> => {
    const path = '/api/mcp/services/wiki/tools/echo';
    const response = await new ApiCaller(product.url, ann.key).fetch(
      'POST',
      path,
      { arguments: { text: 'x' } },
      headers(from),
    );
    const { error } = (await response.json()) as { error?: { code: string; remedy: string } };
    return error ? [response.status, error.code, error.remedy] : response.status;
  };
  const byMcp = async (from?: string): Promise<unknown> => {
    const response = await fetch(`${product.url}/mcp`, {
      method: 'POST',
      headers: {
        ...headers(from),
        authorization: `Bearer ${ann.key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'wiki__echo',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name: 'wiki__echo',
          arguments: { text: 'x' },
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientInfo': { name: 'spec', version: '1' },
            'io.modelcontextprotocol/clientCapabilities': {},
          },
        },
      }),
    });
    const text = await response.text();
    return /"code":"access_denied"/.test(text) ? 'access_denied' : /"text":"x"/.test(text) ? 'answered' : text;
  };

  it.each([
    ['203.0.113.7', true],
    ['2001:db8::7', true],
    ['198.51.100.9', false],
    ['203.0.113.7, 198.51.100.9', false],
    [undefined, false],
  ])('are those of its list, by every door: from %s → %p', async (from, isAllowed) => {
    const before = fake.state.calls.length;
    expect(await byRest(from)).toEqual(
      isAllowed ? 200 : [403, 'access_denied', expect.stringContaining('allowed callers')],
    );
    expect(await byMcp(from)).toBe(isAllowed ? 'answered' : 'access_denied');
    expect(fake.state.calls.length - before).toBe(isAllowed ? 2 : 0);
  });

  it('counts for batches and for jobs as well, whoever sets a job off', async () => {
    const caller = new ApiCaller(product.url, ann.key);
    const items = [{ service: 'wiki', tool: 'echo', arguments: { text: 'x' } }];
    const batch = async (from: string, prefer: Record<string, string> = {}) => {
      const response = await caller.fetch('POST', '/api/mcp/tools/batch', { items }, { ...headers(from), ...prefer });
      return (await response.json()) as { id: string; items: { status: number }[] };
    };
    const statuses = async (id: string): Promise<unknown> => {
      const job = await waitFor('the job', async () => {
        const { status, result } = await caller.call<{ status: string; result: { items: { status: number }[] } }>(
          'GET',
          `/api/jobs/${id}`,
        );
        return status === 'succeeded' && result;
      });
      return job.items.map(({ status }) => status);
    };
    expect((await batch('203.0.113.7')).items[0]?.status).toBe(200);
    expect((await batch('198.51.100.9')).items[0]?.status).toBe(403);
    const asked = await Promise.all(
      ['203.0.113.7', '198.51.100.9'].map((from) => batch(from, { prefer: 'respond-async' })),
    );
    expect(await Promise.all(asked.map(({ id }) => statuses(id)))).toEqual([[200], [403]]);
    const single = await caller.fetch(
      'POST',
      '/api/mcp/services/wiki/tools/echo',
      { arguments: { text: 'x' } },
      { ...headers('198.51.100.9'), prefer: 'respond-async' },
    );
    expect(single.status).toBe(403);
  });

  it('is explained', async () => {
    const explain = (address: string) =>
      product.owner.call<{ code: string }>(
        'GET',
        `/api/mcp/access/explain?user=${ann.email}&service=wiki&tool=echo&address=${address}`,
      );
    expect([(await explain('203.0.113.7')).code, (await explain('198.51.100.9')).code]).toEqual([
      'granted',
      'address-refused',
    ]);
  });
});
