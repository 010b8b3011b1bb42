import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from './spec/running-product.js';

describe('boot', () => {
  it('works', async () => {
    const product = await RunningProduct.start();
    const fake: RunningFakeMcp = await startFakeMcpServer();
    const id = await product.addService('fake', fake.url);
    const ann: Person = await product.addPerson('ann');
    await product.grant(ann, id);
    const r = await product.post(ann.key, { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } });
    console.log(r.status, await r.text(), r.headers.get('mcp-session-id'));
    await fake.close();
    await product.stop();
  });
});
