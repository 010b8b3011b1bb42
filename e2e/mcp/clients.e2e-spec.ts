import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { connectMcp, connectV1 } from '../support/mcp-client.js';
import { NPM_SERVERS } from '../support/npm-servers.js';
import { register, startProduct, type Product, type ServiceView } from '../support/product.js';

/** Real MCP clients at /mcp: the same tools under the same rules, whatever era they speak. */
describe('any MCP client at /mcp', () => {
  let product: Product;
  let modern: RunningFakeMcp;
  let legacy: RunningFakeMcp;
  let secret: string;

  beforeAll(async () => {
    modern = await startFakeMcpServer({ era: 'modern' });
    legacy = await startFakeMcpServer({ era: 'legacy' });
    product = await startProduct();
    await register(product.owner, { name: 'New', slug: 'new', type: 'http', url: modern.url });
    await register(product.owner, { name: 'Old', slug: 'old', type: 'http', url: legacy.url });
    await register(product.owner, {
      name: 'Everything',
      slug: 'everything',
      type: 'stdio',
      config: { command: process.execPath, args: [NPM_SERVERS.everything, 'stdio'], connect: 'at-start' },
    });
    await waitFor('all services to be ready', async () => {
      const { items } = await product.owner.call<{ items: ServiceView[] }>('GET', '/api/mcp/services');
      return items.every((service) => service.health.state === 'ready');
    });
    ({ secret } = await product.owner.withApiKey({ name: 'clients' }));
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await modern.close();
    await legacy.close();
  });

  const clients = {
    'v2 client, modern': () => connectMcp(product.gatehouse.url, secret, 'modern'),
    'v2 client, legacy': () => connectMcp(product.gatehouse.url, secret, 'legacy'),
    'v1 client': () => connectV1(product.gatehouse.url, secret),
  };

  describe.each(Object.entries(clients))('%s', (_name, connect) => {
    let client: Awaited<ReturnType<typeof connect>>;

    beforeAll(async () => {
      client = await connect();
    });

    afterAll(() => client.close());

    const nameOf = async (slug: string, tool: string): Promise<string> => {
      const { tools } = await client.listTools();
      const found = tools.find((each) => each.name.startsWith(slug) && each.name.endsWith(tool));
      if (!found) throw new Error(`no ${tool} of ${slug} among ${tools.map((each) => each.name).join(', ')}`);
      return found.name;
    };

    it('lists the tools of all services under short, safe names, in the same order each time', async () => {
      const first = (await client.listTools()).tools.map((tool) => tool.name);
      const second = (await client.listTools()).tools.map((tool) => tool.name);
      expect(second).toEqual(first);
      expect(new Set(first).size).toBe(first.length);
      for (const name of first) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      for (const slug of ['new', 'old', 'everything']) expect(first.some((name) => name.startsWith(slug))).toBe(true);
    });

    it.each(['new', 'old'])('calls a tool of a service of the %s era', async (slug) => {
      const result = await client.callTool({ name: await nameOf(slug, 'add'), arguments: { a: 20, b: 22 } });
      expect(result.content).toEqual([{ type: 'text', text: '42' }]);
    });

    it('gets structured content and pictures unchanged', async () => {
      const structured = await client.callTool({
        name: await nameOf('new', 'structured'),
        arguments: { city: 'Bern' },
      });
      expect(structured.structuredContent).toEqual({ city: 'Bern', celsius: 21 });
      const image = await client.callTool({ name: await nameOf('old', 'image'), arguments: {} });
      expect(image.content).toEqual([expect.objectContaining({ type: 'image', mimeType: 'image/png' })]);
    });

    it('sees a tool’s own failure as a result', async () => {
      expect((await client.callTool({ name: await nameOf('new', 'fail'), arguments: {} })).isError).toBe(true);
    });

    it('is told the code when a tool is unknown', async () => {
      await expect(client.callTool({ name: 'new_no_such_tool', arguments: {} })).rejects.toMatchObject({
        code: -32602,
      });
    });

    it('is told the field when arguments do not fit, and nothing is sent', async () => {
      const before = modern.state.calls.length;
      const call = client.callTool({ name: await nameOf('new', 'add'), arguments: { a: 'one', b: 2 } });
      await expect(call).rejects.toMatchObject({ code: -32602 });
      expect(modern.state.calls.length).toBe(before);
    });

    it('hears progress', async () => {
      const heard: number[] = [];
      const name = await nameOf('old', 'progress');
      await client.callTool({ name, arguments: { steps: 3 } }, ...progressOptions((progress) => heard.push(progress)));
      expect(heard).toEqual([1, 2, 3]);
    });

    it('lists and reads resources, and gets prompts', async () => {
      const { resources } = await client.listResources();
      expect(resources.length).toBeGreaterThan(5);
      expect(new Set(resources.map((resource) => resource.uri)).size).toBe(resources.length);
      const read = await client.readResource({ uri: resources[0]?.uri ?? '' });
      expect(read.contents[0]?.uri).toBe(resources[0]?.uri);
      const { prompts } = await client.listPrompts();
      const simple = prompts.find((prompt) => prompt.name.endsWith('simple-prompt'));
      expect((await client.getPrompt({ name: simple?.name ?? '' })).messages.length).toBeGreaterThan(0);
    });

    /** v1 takes a result schema before the options, v2 does not. */
    const progressOptions = (listen: (progress: number) => void): never[] => {
      const options = { onprogress: (update: { progress: number }) => listen(update.progress) };
      return ('getProtocolEra' in client ? [options] : [undefined, options]) as never[];
    };
  });

  it('refuses a wrong key with 401 and says how to authenticate', async () => {
    const response = await fetch(`${product.gatehouse.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer ghk_wrong',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('records calls from this door like any other', async () => {
    const { items } = await product.owner.call<{
      items: { door: string; tool: string; status: string; credential: { kind: string } }[];
    }>('GET', '/api/audit/calls?door=mcp&limit=200');
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          tool: 'add',
          status: 'success',
          credential: expect.objectContaining({ kind: 'api-key' }),
        }),
      ]),
    );
    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ tool: 'add', status: 'error' })]));
  });
});
