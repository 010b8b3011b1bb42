import type { Client, StandardSchemaV1 } from '@modelcontextprotocol/client';
import { RunningProduct } from '../../spec/running-product.js';
import { connectV2 } from '../spec/mcp-clients.js';
import { ScriptedService } from '../spec/scripted-service.js';

type Json = Record<string, unknown>;

const META = { 'example.com/trace': { deep: [1, null, 'x'] } };
const NOTES = { annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-01-01T00:00:00Z' }, _meta: META };
const ICONS = [{ src: 'https://icons.example/a.png', mimeType: 'image/png', sizes: ['48x48'], theme: 'dark' }];

const CONTENT: [string, Json][] = [
  ['text', { type: 'text', text: '你好 🙂', ...NOTES }],
  ['an image', { type: 'image', data: 'AAEC', mimeType: 'image/png', ...NOTES }],
  ['a sound', { type: 'audio', data: 'AAEC', mimeType: 'audio/wav', ...NOTES }],
];

/** What is no object by its schema comes to a legacy client in a wrapper. */
const ANYTHING = { description: 'whatever the test needs' };
const STRUCTURED = { structuredContent: {} };

const UNHEARD_OF: [string, Json] = ['a result of another kind', { resultType: 'unheard-of', content: [] }];

describe.each(['modern', 'legacy'] as const)('what a %s service answers', (serviceEra) => {
  let product: RunningProduct;
  let service: ScriptedService;
  const clients: Partial<Record<'modern' | 'legacy', Client>> = {};

  beforeAll(async () => {
    product = await RunningProduct.start();
    service = await ScriptedService.start(serviceEra);
    service.definition = {
      icons: ICONS,
      annotations: { readOnlyHint: true },
      _meta: META,
      outputSchema: ANYTHING,
    };
    const ann = await product.addPerson('ann');
    await product.grant(ann, await product.addService('svc', service.url));
    clients.modern = await connectV2(product.url, ann.key, 'modern');
    clients.legacy = await connectV2(product.url, ann.key, 'legacy');
  });

  afterAll(async () => {
    await clients.modern?.close();
    await clients.legacy?.close();
    await product.stop();
    await service.close();
  });

  describe.each(['modern', 'legacy'] as const)('a %s client', (era) => {
    const ask = (method: string, params: Json): Promise<Json> => {
      const client = clients[era];
      if (!client) throw new Error('There is no client.');
      return client.request({ method, params }, AS_IT_IS);
    };
    const call = (): Promise<Json> => ask('tools/call', { name: 'svc__answer', arguments: {} });

    it.each(CONTENT)('gets %s with its annotations and metadata', async (_, block) => {
      service.result = { content: [block], ...STRUCTURED };
      expect((await call())['content']).toEqual([block]);
    });

    it('gets resources under our addresses, and everything else of them as it was', async () => {
      const link = { type: 'resource_link', uri: 'scripted://one', name: 'one', size: 3, icons: ICONS, ...NOTES };
      const embedded = { type: 'resource', resource: { uri: 'scripted://two', blob: 'AAEC', _meta: META }, ...NOTES };
      service.result = { content: [link, embedded], ...STRUCTURED };
      expect((await call())['content']).toEqual([
        { ...link, uri: 'gatehouse://svc/scripted://one' },
        { ...embedded, resource: { ...embedded.resource, uri: 'gatehouse://svc/scripted://two' } },
      ]);
    });

    it('gets metadata of the service, but none of its hop', async () => {
      const serverInfo = { name: 'scripted', version: '1' };
      const _meta = { ...META, 'io.modelcontextprotocol/serverInfo': serverInfo };
      service.result = { content: [], ...STRUCTURED, _meta };
      const heard = (await call())['_meta'];
      expect(heard).toMatchObject(META);
      expect(JSON.stringify(heard)).not.toContain('scripted');
    });

    it.each<[string, unknown]>([
      ['an array', [1, { two: 2 }]],
      ['a text', 'plain'],
      ['a number', 0],
      ['nothing', null],
      ['an object', { a: { b: [] } }],
    ])('gets structured content that is %s', async (_, structuredContent) => {
      service.result = { content: [{ type: 'text', text: 'see' }], structuredContent };
      const isForLegacy = era === 'legacy';
      expect((await call())['structuredContent']).toEqual(
        isForLegacy ? { result: structuredContent } : structuredContent,
      );
    });

    it('sees icons, annotations and metadata in the list', async () => {
      const { tools } = (await ask('tools/list', {})) as { tools: Json[] };
      expect(tools[0]).toMatchObject({ icons: ICONS, annotations: { readOnlyHint: true }, _meta: META });
    });

    it('gets what it read, and prompts with what is in them', async () => {
      service.contents = [{ uri: 'scripted://one', mimeType: 'text/plain', text: 'x', _meta: META }];
      const read = await ask('resources/read', { uri: 'gatehouse://svc/scripted://one' });
      expect(read['contents']).toEqual([{ ...(service.contents as Json[])[0], uri: 'gatehouse://svc/scripted://one' }]);
      service.messages = [{ role: 'user', content: CONTENT[2]?.[1] }];
      expect((await ask('prompts/get', { name: 'svc__prompt' }))['messages']).toEqual(service.messages);
    });

    it.each<[string, Json]>([
      ...(serviceEra === 'modern' ? [UNHEARD_OF] : []),
      ['content that is no list', { content: 'text' }],
      ['nothing for content', { content: [null] }],
      ['a text for content', { content: ['text'] }],
      ['content of no type', { content: [{}] }],
      ['text without text', { content: [{ type: 'text' }] }],
      ['a resource without address', { content: [{ type: 'resource', resource: { text: 'x' } }] }],
      ['no resource', { content: [{ type: 'resource' }] }],
      ['a link to nowhere', { content: [{ type: 'resource_link', name: 'x', uri: 5 }] }],
    ])('is told that the service broke the protocol: %s', async (_, result) => {
      service.result = result;
      await expect(call()).rejects.toMatchObject({ code: 502, data: { code: 'upstream_protocol' } });
    });
  });

  it('gets the caller’s own metadata, and none that pretends to be of the protocol', async () => {
    service.result = { content: [], ...STRUCTURED };
    await clients.modern?.request(
      {
        method: 'tools/call',
        params: {
          name: 'svc__answer',
          arguments: {},
          _meta: {
            ...META,
            'io.modelcontextprotocol/serverInfo': { name: 'evil' },
            traceparent: 'not a trace\r\nx: y',
          },
        },
      },
      AS_IT_IS,
    );
    const meta = service.heard.get('tools/call')?.['_meta'];
    expect(meta).toMatchObject(META);
    expect(JSON.stringify(meta)).not.toMatch(/evil|not a trace/);
  });
});

const AS_IT_IS: StandardSchemaV1<unknown, Json> = {
  '~standard': { version: 1, vendor: 'spec', validate: (value) => ({ value: value as Json }) },
};
