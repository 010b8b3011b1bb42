import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAKE_MCP_SERVER_FILE, startFakeMcpServer } from '@gatehouse/testing';
import { NPM_SERVERS, startEverything } from '../support/npm-servers.js';
import { refusal, register, startProduct, type Product, type ServiceView } from '../support/product.js';

interface Answer {
  callId: string;
  result: { content: { type: string; text?: string }[]; isError?: boolean; structuredContent?: unknown };
  durationMs: number;
  cached: boolean;
}

describe('services from npm, by REST', () => {
  let product: Product;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-files-'));
    product = await startProduct();
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const call = (service: ServiceView, tool: string, args: unknown): Promise<Answer> =>
    product.owner.call<Answer>('POST', `/api/mcp/services/${service.id}/tools/${tool}`, { arguments: args });

  const node = process.execPath;

  it('server-everything by stdio: tools, resources, prompts', async () => {
    const service = await register(product.owner, {
      name: 'Everything',
      type: 'stdio',
      config: { command: node, args: [NPM_SERVERS.everything, 'stdio'] },
    });
    const { result } = await call(service, 'echo', { message: 'hello' });
    expect(result.content).toEqual([{ type: 'text', text: 'Echo: hello' }]);
    const image = await call(service, 'get-tiny-image', {});
    expect(image.result.content.map((part) => part.type)).toContain('image');
    const { items } = await product.owner.call<{ items: { uri: string }[] }>(
      'GET',
      `/api/mcp/services/${service.slug}/resources`,
    );
    const uri = encodeURIComponent(items[0]?.uri ?? '');
    const { contents } = await product.owner.call<{ contents: unknown[] }>(
      'GET',
      `/api/mcp/services/${service.id}/resources/${uri}`,
    );
    expect(contents.length).toBeGreaterThan(0);
    const prompts = await product.owner.call<{ items: { name: string }[] }>(
      'GET',
      `/api/mcp/services/${service.id}/prompts`,
    );
    expect(prompts.items.map((prompt) => prompt.name)).toContain('simple-prompt');
    const { messages } = await product.owner.call<{ messages: unknown[] }>(
      'POST',
      `/api/mcp/services/${service.id}/prompts/simple-prompt`,
      { arguments: {} },
    );
    expect(messages.length).toBeGreaterThan(0);
  });

  it.each([
    ['streamableHttp', 'streamable-http'],
    ['sse', 'sse'],
  ] as const)('server-everything by %s is found to be %s', async (transport, found) => {
    const everything = await startEverything(transport);
    try {
      const service = await register(product.owner, {
        name: `Everything ${transport}`,
        type: 'http',
        url: everything.url,
      });
      const { result } = await call(service, 'get-sum', { a: 2, b: 40 });
      expect(result.content[0]?.text).toContain('42');
      const seen = await product.owner.call<ServiceView>('GET', `/api/mcp/services/${service.id}`);
      expect(seen.capabilities).toMatchObject({ era: 'legacy', transport: found });
    } finally {
      await everything.stop();
    }
  });

  it('server-filesystem writes a file that is really there', async () => {
    const service = await register(product.owner, {
      name: 'Files',
      type: 'stdio',
      config: { command: node, args: [NPM_SERVERS.filesystem, folder] },
    });
    await call(service, 'write_file', { path: join(folder, 'note.txt'), content: '你好' });
    expect(await readFile(join(folder, 'note.txt'), 'utf8')).toBe('你好');
  });

  it('server-memory remembers between calls', async () => {
    const service = await register(product.owner, {
      name: 'Memory',
      type: 'stdio',
      config: { command: node, args: [NPM_SERVERS.memory], env: { MEMORY_FILE_PATH: join(folder, 'memory.jsonl') } },
    });
    await call(service, 'create_entities', {
      entities: [{ name: 'Bern', entityType: 'city', observations: ['has a river'] }],
    });
    const { result } = await call(service, 'search_nodes', { query: 'Bern' });
    expect(JSON.stringify(result)).toContain('has a river');
  });

  it('a service of the modern era, by HTTP', async () => {
    const fake = await startFakeMcpServer({ era: 'modern' });
    try {
      const service = await register(product.owner, { name: 'Modern', type: 'http', url: fake.url });
      expect((await call(service, 'echo', { text: 'new' })).result.content[0]?.text).toContain('new');
      const seen = await product.owner.call<ServiceView>('GET', `/api/mcp/services/${service.id}`);
      expect(seen.capabilities).toMatchObject({ era: 'modern', protocolVersion: '2026-07-28' });
    } finally {
      await fake.close();
    }
  });

  it('a service by WebSocket, with its credential at the upgrade, which no answer gives away', async () => {
    const fake = await startFakeMcpServer({ transport: 'websocket', token: 'socket-secret' });
    try {
      const service = await register(product.owner, {
        name: 'Socket',
        type: 'websocket',
        url: fake.url,
        auth: { credentials: [{ target: 'header', name: 'Authorization', value: 'Bearer socket-secret' }] },
      });
      const { result } = await call(service, 'whoami', {});
      expect(JSON.stringify(result)).toMatch(/authorization.*••••/);
      expect(JSON.stringify(result)).not.toContain('socket-secret');
      const shown = await product.owner.call<object>('GET', `/api/mcp/services/${service.id}`);
      expect(JSON.stringify(shown)).not.toContain('socket-secret');
    } finally {
      await fake.close();
    }
  });

  it('a tool’s own failure is an answer, not an error', async () => {
    const service = await register(product.owner, {
      name: 'Failing',
      type: 'stdio',
      config: { command: node, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] },
    });
    const { result } = await call(service, 'fail', {});
    expect(result.isError).toBe(true);
  });

  it('arguments that do not fit are refused by field, and nothing is sent', async () => {
    const fake = await startFakeMcpServer();
    try {
      const service = await register(product.owner, { name: 'Strict', type: 'http', url: fake.url });
      await call(service, 'add', { a: 1, b: 2 });
      const answer = await refusal(product.owner, 'POST', `/api/mcp/services/${service.id}/tools/add`, {
        arguments: { a: 'one', b: 2 },
      });
      expect(answer).toMatchObject({ status: 400, code: 'arguments_invalid' });
      expect(answer.fields?.map((field) => field.path).join()).toMatch(/a/);
      const [latest] = await calls(service);
      expect(latest).toMatchObject({ status: 'error', errorCode: 'arguments_invalid' });
      expect(fake.state.calls.map((each) => each.arguments)).toEqual([{ a: 1, b: 2 }]);
    } finally {
      await fake.close();
    }
  });

  const calls = async (service: ServiceView) =>
    (
      await product.owner.call<{ items: { status: string; errorCode: string | null }[] }>(
        'GET',
        `/api/audit/calls?serviceId=${service.id}`,
      )
    ).items;
});
