import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf } from '@gatehouse/testing';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ANSWERS,
  overHttp,
  overSse,
  overWebSocket,
  throughProxy,
  throughRemote,
  throughSupergateway,
  v1Client,
  type Door,
} from '../support/old-clients.js';
import { startOldService, type OldService } from '../support/old-service.js';
import { allEnded } from '../support/peers.js';
import { register, startProduct, type Product } from '../support/product.js';

interface OldClient {
  connect: (door: Door) => Transport;
  /** Why it hears no progress. */
  deaf?: string;
  /** Why nobody can be asked through it, and what is said of that. */
  mute?: { why: string; error: RegExp };
  /** The endpoint shows one service, under its own names. */
  ofOne?: boolean;
}

const SUPERGATEWAY = {
  deaf: 'supergateway passes answers on, and no notifications of the server',
  mute: { why: 'supergateway declares what its client can, and then refuses the question itself', error: /not found/i },
};
const PROXY = {
  mute: { why: 'mcp-proxy declares nothing that its client can', error: /does not offer/ },
};

const CLIENTS: Record<string, OldClient> = {
  'the v1 SDK by streamable HTTP': { connect: (door) => overHttp(door, '/mcp') },
  'the v1 SDK at one service': { connect: (door) => overHttp(door, '/mcp/s/old'), ofOne: true },
  'the v1 SDK by HTTP+SSE': { connect: (door) => overSse(door, '/sse') },
  'the v1 SDK by WebSocket': { connect: (door) => overWebSocket(door, '/mcp/ws') },
  'mcp-remote by streamable HTTP': { connect: (door) => throughRemote(door, '/mcp') },
  'mcp-remote at one service': { connect: (door) => throughRemote(door, '/mcp/s/old'), ofOne: true },
  'mcp-remote by HTTP+SSE': { connect: (door) => throughRemote(door, '/sse', '--transport', 'sse-only') },
  'supergateway by streamable HTTP': {
    connect: (door) => throughSupergateway(door, '/mcp', '--streamableHttp'),
    ...SUPERGATEWAY,
  },
  'supergateway by HTTP+SSE': { connect: (door) => throughSupergateway(door, '/sse', '--sse'), ...SUPERGATEWAY },
  'mcp-proxy by streamable HTTP': { connect: (door) => throughProxy(door, '/mcp', 'HTTPStream'), ...PROXY },
  'mcp-proxy by HTTP+SSE': { connect: (door) => throughProxy(door, '/sse', 'SSE'), ...PROXY },
};

/** What people use today, in front of a service on the v1 server. */
describe('clients of before 2026', () => {
  let product: Product;
  let service: OldService;
  let folder: string;
  const connected: Record<string, Client> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-old-'));
    service = await startOldService();
    product = await startProduct({ env: { GATEHOUSE_MCP_SSE: 'on', GATEHOUSE_MCP_WEBSOCKET: 'on' } });
    await register(product.owner, { name: 'Old', slug: 'old', type: 'http', url: service.url });
    const { secret } = await product.owner.withApiKey({ name: 'old' });
    const door = { baseUrl: product.gatehouse.url, secret, folder };
    // One after the other: each socket of v1 is made by a global of its own.
    for (const [name, { connect }] of Object.entries(CLIENTS)) connected[name] = await v1Client(connect(door));
  });

  afterAll(async () => {
    const family = await descendantsOf(process.pid);
    await Promise.all(Object.values(connected).map((client) => client.close()));
    await product.gatehouse.stop();
    await service.close();
    await rm(folder, { recursive: true, force: true });
    await allEnded(family.map((each) => each.pid));
  });

  describe.each(Object.entries(CLIENTS))('%s', (name, { deaf, mute, ofOne }) => {
    const tool = (plain: string): string => (ofOne ? plain : `old__${plain}`);
    const client = (): Client => {
      const found = connected[name];
      if (!found) throw new Error(`${name} did not connect.`);
      return found;
    };
    const call = (
      plain: string,
      args: Record<string, unknown> = {},
      onprogress?: (step: { progress: number }) => void,
    ) => client().callTool({ name: tool(plain), arguments: args }, undefined, onprogress && { onprogress });

    it('lists', async () => {
      const { tools } = await client().listTools();
      expect(tools.map((each) => each.name)).toEqual(expect.arrayContaining([tool('add'), tool('ask')]));
    });

    it('calls', async () => {
      expect((await call('add', { a: 20, b: 22 })).content).toEqual([{ type: 'text', text: '42' }]);
    });

    it('gets a failure of a tool as a result, and a refusal of ours as an error that says why', async () => {
      expect((await call('fail')).isError).toBe(true);
      await expect(call('no_such_tool')).rejects.toThrow(/no_such_tool|tool/i);
    });

    it(deaf ? `hears no progress: ${deaf}` : 'hears progress, before the answer', async () => {
      const heard: number[] = [];
      const release = service.hold();
      if (deaf) release();
      await call('step', {}, ({ progress }) => {
        heard.push(progress);
        release();
      });
      expect(heard).toEqual(deaf ? [] : [1]);
    });

    it(mute ? `cannot be asked, and the call says so: ${mute.why}` : 'is asked in the middle of a call', async () => {
      if (mute) return expect(call('ask')).rejects.toThrow(mute.error);
      const asked = [await call('ask'), await call('think')].map(({ content }) => content);
      expect(asked).toEqual([told(ANSWERS.form), told(ANSWERS.model)]);
    });
  });
});

const told = (answer: object) => [{ type: 'text', text: JSON.stringify(answer) }];
