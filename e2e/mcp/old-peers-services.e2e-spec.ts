import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf, waitFor } from '@gatehouse/testing';
import type { Client } from '@modelcontextprotocol/client';
import { connectMcp } from '../support/mcp-client.js';
import { NPM_SERVERS } from '../support/npm-servers.js';
import { v1Client, overHttp } from '../support/old-clients.js';
import { BRIDGES, allEnded, startPeer, type RunningPeer } from '../support/peers.js';
import { register, startProduct, type Product, type ServiceView } from '../support/product.js';

const node = process.execPath;
const EVERYTHING = [NPM_SERVERS.everything, 'stdio'];
const SHELL_COMMAND = [node, ...EVERYTHING].map((part) => `"${part}"`).join(' ');

/** A peer that exposes server-everything, and where. */
interface Exposure {
  start: () => Promise<RunningPeer>;
  path: string;
  type?: 'websocket';
  transport: string;
  /** Absent: legacy. */
  era?: 'modern';
  /** Why it cannot ask, and what comes of trying. */
  shy?: { why: string; error: RegExp };
}

const supergateway =
  (...flags: string[]) =>
  (): Promise<RunningPeer> =>
    startPeer(BRIDGES.supergateway, (port) => [
      ...['--stdio', SHELL_COMMAND, '--port', String(port), '--logLevel', 'none'],
      ...flags,
    ]);
const proxy = (server: string) => (): Promise<RunningPeer> =>
  startPeer(BRIDGES.proxy, (port) => [
    ...['--host', '127.0.0.1', '--port', String(port), '--server', server, '--', node],
    ...EVERYTHING,
  ]);

const PROXY_IS_SHY = { why: 'mcp-proxy declares nothing that its client can', error: /no tool/ };

const EXPOSURES: Record<string, Exposure> = {
  'server-everything by streamable HTTP': {
    start: () => startPeer(NPM_SERVERS.everything, () => ['streamableHttp']),
    path: '/mcp',
    transport: 'streamable-http',
  },
  'server-everything by HTTP+SSE': {
    start: () => startPeer(NPM_SERVERS.everything, () => ['sse']),
    path: '/sse',
    transport: 'sse',
  },
  'supergateway by streamable HTTP': {
    start: supergateway('--outputTransport', 'streamableHttp'),
    path: '/mcp',
    transport: 'streamable-http',
    shy: { why: 'supergateway without sessions declares nothing that its client can', error: /no tool/ },
  },
  'supergateway by streamable HTTP with sessions': {
    start: supergateway('--outputTransport', 'streamableHttp', '--stateful'),
    path: '/mcp',
    transport: 'streamable-http',
  },
  'supergateway by HTTP+SSE': { start: supergateway('--outputTransport', 'sse'), path: '/sse', transport: 'sse' },
  'supergateway by WebSocket': {
    start: supergateway('--outputTransport', 'ws'),
    path: '/message',
    type: 'websocket',
    transport: 'websocket',
    shy: { why: 'supergateway sends a question to the socket that has its id, and none has', error: /timed out/ },
  },
  'mcp-proxy by streamable HTTP': {
    start: proxy('stream'),
    path: '/mcp',
    transport: 'streamable-http',
    era: 'modern',
    shy: PROXY_IS_SHY,
  },
  'mcp-proxy by HTTP+SSE': { start: proxy('sse'), path: '/sse', transport: 'sse', shy: PROXY_IS_SHY },
};

/** What people run today, used by clients of both eras at the endpoint of each service. */
describe('services of before 2026', () => {
  let product: Product;
  let folder: string;
  let secret: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-old-'));
    product = await startProduct();
    ({ secret } = await product.owner.withApiKey({ name: 'old' }));
  });

  afterAll(async () => {
    const family = await descendantsOf(process.pid);
    await product.gatehouse.stop();
    await rm(folder, { recursive: true, force: true });
    await allEnded(family.map((each) => each.pid));
  });

  /** Registers the service and waits until its tools are known. */
  const offered = async (draft: Parameters<typeof register>[1]): Promise<ServiceView> => {
    const { id } = await register(product.owner, draft);
    await product.owner.call('POST', `/api/mcp/services/${id}/test`).catch(() => undefined);
    return waitFor(`${draft.name} to be ready`, async () => {
      const seen = await product.owner.call<ServiceView>('GET', `/api/mcp/services/${id}`);
      return seen.health.state === 'ready' && seen;
    });
  };

  describe.each(Object.entries(EXPOSURES))('%s', (name, { start, path, type, transport, era, shy }) => {
    const opened: (() => Promise<void>)[] = [];
    let client: Client;
    let endpoint: string;

    beforeAll(async () => {
      const peer = await start();
      opened.push(() => peer.stop());
      const url = `${type ? 'ws' : 'http'}://127.0.0.1:${peer.port}${path}`;
      const service = await offered({ name, type: type ?? 'http', url });
      expect(service.capabilities).toMatchObject({ era: era ?? 'legacy', transport });
      endpoint = `/mcp/s/${service.slug}`;
      client = await connectMcp(product.gatehouse.url, secret, 'modern', endpoint);
      opened.push(() => client.close());
    });

    afterAll(async () => {
      for (const close of opened.reverse()) await close();
    });

    it('lists tools, resources and prompts', async () => {
      expect((await client.listTools()).tools.map((tool) => tool.name)).toContain('get-sum');
      expect((await client.listResources()).resources.length).toBeGreaterThan(0);
      expect((await client.listPrompts()).prompts.map((prompt) => prompt.name)).toContain('simple-prompt');
    });

    it('answers a call, with pictures and structured content unharmed', async () => {
      const sum = await client.callTool({ name: 'get-sum', arguments: { a: 20, b: 22 } });
      expect(JSON.stringify(sum.content)).toContain('42');
      const image = await client.callTool({ name: 'get-tiny-image', arguments: {} });
      expect(image.content).toContainEqual(expect.objectContaining({ type: 'image', mimeType: 'image/png' }));
      const weather = { name: 'get-structured-content', arguments: { location: 'Chicago' } };
      expect((await client.callTool(weather)).structuredContent).toHaveProperty('temperature');
    });

    it('says what is wrong with a call', async () => {
      const call = client.callTool({
        name: 'get-resource-reference',
        arguments: { resourceType: 'Text', resourceId: -1 },
      });
      const outcome = await call.then(
        ({ isError }) => isError,
        ({ code }: { code: number }) => code,
      );
      expect([true, -32602]).toContain(outcome);
    });

    it('tells of progress', async () => {
      const heard: number[] = [];
      const call = { name: 'trigger-long-running-operation', arguments: { duration: 0.3, steps: 3 } };
      await client.callTool(call, { onprogress: ({ progress }) => heard.push(progress) });
      // The last one comes in one breath with the answer, and the SDK may settle the call before it.
      expect(heard.slice(0, 2)).toEqual([1, 2]);
    });

    it(shy ? `cannot ask, and the call says so: ${shy.why}` : 'asks in the middle of a call', async () => {
      const asked = await v1Client(overHttp({ baseUrl: product.gatehouse.url, secret, folder }, endpoint));
      try {
        const sampling = { name: 'trigger-sampling-request', arguments: { prompt: 'Think', maxTokens: 5 } };
        const call = asked.callTool(sampling, undefined, shy && { timeout: 1_000 });
        if (shy) await expect(call).rejects.toThrow(shy.error);
        else expect(JSON.stringify((await call).content)).toContain('thought');
      } finally {
        await asked.close();
      }
    });
  });
});
