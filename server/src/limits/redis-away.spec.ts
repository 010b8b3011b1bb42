import { freePort, startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { Lifecycle } from '../platform/index.js';
import { RunningProduct } from '../spec/running-product.js';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const MCP_HEADERS = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'fake__echo' };

describe('the product, with a Redis that does not answer', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    product = await RunningProduct.start({
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
      GATEHOUSE_CALLS_PER_MINUTE: '3',
    });
    product.app.get(Lifecycle).serve();
    fake = await startFakeMcpServer();
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  it('is ready, and says to those who may know that Redis is away', async () => {
    const response = await product.owner.fetch('GET', '/health/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', details: { redis: { status: 'up', state: 'away' } } });
  });

  it('calls tools within their limits, and tells MCP clients when to come back', async () => {
    const serviceId = await product.addService('fake', fake.url);
    const ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
    const call = async () => {
      const params = { name: 'fake__echo', arguments: { text: 'x' }, _meta: META };
      const response = await product.post(
        ann.key,
        { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
        MCP_HEADERS,
      );
      return (await response.json()) as { result?: object; error?: object };
    };
    for (let at = 0; at < 3; at += 1) expect(await call()).toHaveProperty('result');
    expect((await call()).error).toMatchObject({
      code: 429,
      data: { code: 'too_many_calls', retryAfterSeconds: expect.any(Number) },
    });
  });
});
