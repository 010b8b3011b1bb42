import type { Client, ClientCapabilities } from '@modelcontextprotocol/client';
import { startFakeAppService, type RunningAppService } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../spec/running-product.js';
import { connectV2 } from './spec/mcp-clients.js';

const MIME_TYPE = 'text/html;profile=mcp-app';
const RENDERS = { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [MIME_TYPE] } } };
const CSP = { csp: { connectDomains: ['https://api.example.com'] } };

describe('MCP Apps through the gateway', () => {
  let product: RunningProduct;
  let service: RunningAppService;
  let ann: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    service = await startFakeAppService({ html: '<p>board</p>', ui: CSP });
    ann = await product.addPerson('ann');
    await product.grant(ann, await product.addService('games', service.url));
  });

  afterAll(async () => {
    await product.stop();
    await service.close();
  });

  const toolOf = async (client: Client, name: string) =>
    (await client.listTools()).tools.find((tool) => tool.name === name);
  const urisOf = async (client: Client) => [
    ...(await client.listResources()).resources.map(({ uri }) => uri),
    ...(await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
  ];

  describe.each(['modern', 'legacy'] as const)('a %s client that renders them', (era) => {
    let client: Client;

    beforeAll(async () => {
      client = await connectV2(product.url, ann.key, era, { capabilities: RENDERS });
    });
    afterAll(() => client.close());

    it('hears that we relay them', () => {
      expect(client.getServerCapabilities()?.extensions).toMatchObject(RENDERS.extensions);
    });

    it('finds the app under an address that leads back to its service, and all other metadata as it was', async () => {
      expect((await toolOf(client, 'games__show_board'))?._meta).toEqual({
        ui: { resourceUri: 'ui://games/board/app.html' },
        'ui/resourceUri': 'ui://games/board/app.html',
        'example.com/kept': 1,
      });
      expect((await toolOf(client, 'games__move'))?._meta).toEqual({
        ui: { resourceUri: 'ui://games/board/app.html', visibility: ['app'] },
      });
      expect(await urisOf(client)).toEqual([
        'gatehouse://games/note://rules',
        'ui://games/board/app.html',
        'ui://games/board/{theme}.html',
      ]);
    });

    it('reads the page, with what it asks of its host untouched', async () => {
      expect((await client.readResource({ uri: 'ui://games/board/app.html' })).contents).toEqual([
        { uri: 'ui://games/board/app.html', mimeType: MIME_TYPE, text: '<p>board</p>', _meta: { ui: CSP } },
      ]);
    });

    it('calls tools for apps, and finds their answer pointing to the same address', async () => {
      const answer = await client.callTool({ name: 'games__move', arguments: {} });
      expect(answer._meta).toMatchObject({
        ui: { resourceUri: 'ui://games/board/app.html' },
        'example.com/kept': 2,
      });
    });

    it("keeps the service's own addresses at the endpoint of one service", async () => {
      const own = await connectV2(product.url, ann.key, era, { path: '/mcp/s/games', capabilities: RENDERS });
      expect((await toolOf(own, 'show_board'))?._meta).toMatchObject({
        ui: { resourceUri: 'ui://board/app.html' },
        'ui/resourceUri': 'ui://board/app.html',
      });
      expect((await own.readResource({ uri: 'ui://board/app.html' })).contents[0]?.uri).toBe('ui://board/app.html');
      await own.close();
    });
  });

  describe.each<['modern' | 'legacy', ClientCapabilities]>([
    ['modern', {}],
    ['legacy', {}],
    ['modern', { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/x-other'] } } }],
  ])('a %s client that declares %j', (era, capabilities) => {
    let client: Client;

    beforeAll(async () => {
      client = await connectV2(product.url, ann.key, era, { capabilities });
    });
    afterAll(() => client.close());

    it('sees no trace of apps, and all other metadata', async () => {
      expect((await toolOf(client, 'games__show_board'))?._meta).toEqual({ 'example.com/kept': 1 });
      expect(await toolOf(client, 'games__explain')).not.toHaveProperty('_meta');
      expect(await toolOf(client, 'games__move')).toBeUndefined();
      expect(await urisOf(client)).toEqual(['gatehouse://games/note://rules']);
      const { _meta } = await client.callTool({ name: 'games__show_board', arguments: {} });
      expect(_meta).toMatchObject({ 'example.com/kept': 2 });
      expect(_meta).not.toHaveProperty('ui');
    });

    it('is told of a tool for apps what it is told of one that does not exist, and nothing is sent', async () => {
      const before = service.calls.length;
      const refusal = (name: string) => client.callTool({ name, arguments: {} }).catch((error: unknown) => error);
      const [unknown, forApps] = [await refusal('games__nothing'), await refusal('games__move')];
      expect(forApps).toMatchObject({ code: -32602, data: { code: 'tool_not_found' } });
      expect(String(forApps)).toBe(String(unknown).replace('games__nothing', 'games__move'));
      expect(service.calls).toHaveLength(before);
    });

    it('reads no app, by whatever address', async () => {
      for (const uri of ['ui://games/board/app.html', 'gatehouse://games/ui://board/app.html']) {
        await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
      }
      const { contents } = await client.readResource({ uri: 'gatehouse://games/note://rules' });
      expect(contents).toMatchObject([{ text: 'white begins' }]);
    });
  });
});
