import { request } from 'node:http';
import { jest } from '@jest/globals';
import { startFakeMcpServer, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { Lifecycle, MemoryWatch } from './platform/index.js';
import { OwnMemory } from './platform/memory/memory-use.js';
import { RunningProduct, type Person } from './spec/running-product.js';

const ASYNC = { prefer: 'respond-async' };
const ECHO = '/api/mcp/services/fake/tools/echo';
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const RPC = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'fake__echo', arguments: { text: 'x' }, _meta: META },
};
const RPC_HEADERS = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'fake__echo' };

/** N6: what a product whose memory is nearly used up turns away, and what it goes on with. The real thing: `e2e/hostile/heap`. */
describe('a product that is short of memory', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let caller: ApiCaller;
  let part = 0.1;

  beforeAll(async () => {
    jest.spyOn(OwnMemory.prototype, 'use').mockImplementation(() => part);
    product = await RunningProduct.start({ GATEHOUSE_MCP_WEBSOCKET: 'on' });
    product.app.get(Lifecycle).serve();
    fake = await startFakeMcpServer();
    ann = await product.addPerson('ann');
    await product.grant(ann, await product.addService('fake', fake.url));
    caller = product.callerOf(ann);
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await product.stop();
    await fake.close();
  });

  const fill = (to: number): void => {
    part = to;
    product.app.get(MemoryWatch).look();
  };

  const told = async (response: Response): Promise<[number, string | undefined, boolean]> => {
    const { error } = (await response.json()) as { error?: { code: string } };
    const seconds = Number(response.headers.get('retry-after'));
    return [response.status, error?.code, seconds >= 5 && seconds <= 15];
  };
  const call = (headers?: Record<string, string>): Promise<Response> =>
    caller.fetch('POST', ECHO, { arguments: { text: 'x' } }, headers);
  const say = (): Promise<Response> =>
    product.owner.fetch('POST', '/api/chat/conversations/none/messages', { text: 'hi' });
  const rpc = (): Promise<Response> => product.post(ann.key, RPC, RPC_HEADERS);
  /** By a socket, which calls come by as well. @returns whether it opened, or was cut off without an answer */
  const socket = (): Promise<'open' | number | undefined> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(product.url);
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        authorization: `Bearer ${ann.key}`,
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        'sec-websocket-version': '13',
        'sec-websocket-protocol': 'mcp',
      };
      request({ hostname, port, path: '/mcp/ws', agent: false, headers })
        .on('upgrade', (_, connection) => (connection.destroy(), resolve('open')))
        .on('response', (response) => (response.destroy(), resolve(response.statusCode)))
        .on('error', () => resolve(undefined))
        .end();
    });
  const ready = async (): Promise<number> => (await fetch(`${product.url}/health/ready`)).status;
  const turnedAway = [503, 'memory_short', true];

  /** What the answer says of its connection: `fetch` does not tell. */
  const connectionAfter = (path: string, body?: object): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(product.url);
      const headers = {
        connection: 'keep-alive',
        accept: 'application/json, text/event-stream',
        ...(body && {
          'content-type': 'application/json',
          authorization: `Bearer ${ann.key}`,
          ...RPC_HEADERS,
        }),
      };
      const method = body ? 'POST' : 'GET';
      request({ hostname, port, path, method, agent: false, headers }, (response) => {
        response.resume().on('end', () => resolve(response.headers.connection));
      })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });

  afterEach(() => fill(0.1));

  it('begins no answers and no jobs from 85 % on, and takes calls', async () => {
    fill(0.86);
    expect(await told(await call(ASYNC))).toEqual(turnedAway);
    expect(await told(await say())).toEqual(turnedAway);
    expect((await call()).status).toBe(200);
    expect(await connectionAfter('/health/live')).toBe('keep-alive');
    expect(await ready()).toBe(200);
  });

  it('keeps no connection from 92 % on', async () => {
    fill(0.93);
    expect(await connectionAfter('/health/live')).toBe('close');
    expect(await connectionAfter('/mcp', RPC)).toBe('close');
    expect(await connectionAfter('/mcp', {})).toBe('close');
    // Nobody's: refused by another way.
    expect(await connectionAfter('/mcp')).toBe('close');
    expect((await call()).status).toBe(200);
  });

  it('takes no calls from 95 % on and says that it is not ready; people may still look, and take things away', async () => {
    fill(0.96);
    const sent = fake.state.calls.length;
    expect(await told(await call())).toEqual(turnedAway);
    expect(await told(await rpc())).toEqual(turnedAway);
    expect(await socket()).toBeUndefined();
    expect(await ready()).toBe(503);
    expect((await product.owner.fetch('GET', '/api/mcp/services')).status).toBe(200);
    expect((await product.owner.fetch('POST', '/api/jobs/none/cancel')).status).toBe(404);
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    expect(fake.state.calls).toHaveLength(sent);
  });

  it('takes everything again when there is room', async () => {
    for (const to of [0.96, 0.91, 0.7]) fill(to);
    expect((await call()).status).toBe(200);
    expect((await rpc()).status).toBe(200);
    expect((await call(ASYNC)).status).toBe(202);
    expect(await socket()).toBe('open');
    expect(await connectionAfter('/health/live')).toBe('keep-alive');
    expect(await ready()).toBe(200);
  });
});
