import { ApiCaller, startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
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
