import type { Connection } from '../connection/connection.js';
import { LIMITS } from '../limits.js';
import { ListReader } from './list-reader.js';

type Page = Record<string, unknown>;
const tool = (name: string, more: object = {}) => ({ name, inputSchema: { type: 'object' }, ...more });

/** A reader over a service that answers with `pages`, one after the other, and the last one for ever. */
function readerOf(pages: Page[], connection: Partial<Connection> = {}) {
  const cursors: unknown[] = [];
  const answers: Partial<Connection> = {
    era: 'legacy',
    kind: 'stdio',
    capabilities: { tools: {}, resources: {}, prompts: {} },
    request: async (_method, params) => {
      cursors.push(params?.cursor);
      return pages[Math.min(cursors.length, pages.length) - 1];
    },
    ...connection,
  };
  return { reader: new ListReader(answers as Connection), cursors };
}

describe('reading the lists of a service', () => {
  it('joins pages and keeps what it does not know', async () => {
    const { reader, cursors } = readerOf([
      { tools: [tool('a', { execution: { x: 1 } })], nextCursor: '2' },
      { tools: [tool('b')] },
    ]);
    expect(await reader.tools()).toEqual([tool('a', { execution: { x: 1 } }), tool('b')]);
    expect(cursors).toEqual([undefined, '2']);
  });

  it('keeps everything that any revision knows, and what none does', async () => {
    const described = {
      title: 'T',
      icons: [{ src: 'https://example.com/i.svg', sizes: ['any'], theme: 'dark' }],
      annotations: { audience: ['user'], priority: 0.5, 'example.com/own': [1] },
      _meta: { 'example.com/x': { deep: [null, true] } },
      'example.com/unknown': { kept: 1 },
    };
    const items = {
      tools: [
        tool('a', {
          ...described,
          execution: { taskSupport: 'required' },
          outputSchema: { type: 'array', items: true },
        }),
        tool('b', { outputSchema: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/x' }], $defs: { x: false } } }),
      ],
      resources: [{ uri: 'a:1', name: 'a', size: 7, mimeType: 'text/plain', ...described }],
      resourceTemplates: [{ uriTemplate: 'a:{x}', name: 'a', ...described }],
      prompts: [{ name: 'a', arguments: [{ name: 'x', title: 'X', required: true, hint: 1 }], ...described }],
    };
    const { reader } = readerOf([items]);
    expect({
      tools: await reader.tools(),
      resources: await reader.resources(),
      resourceTemplates: await reader.resourceTemplates(),
      prompts: await reader.prompts(),
    }).toEqual(items);
    expect(reader.leftOut).toEqual([]);
  });

  describe('that hides characters', () => {
    const HIDDEN = '\u202e\u200b\u{e0069}\u001b';
    const dirty = (text: string): string => `${text}${HIDDEN}`;

    it('shows its words without them, and says how many there were', async () => {
      const schema = (hide: (text: string) => string) => ({
        type: 'object',
        description: hide('Everything'),
        properties: {
          title: { type: 'string', title: hide('T'), enum: ['a', '👩\u200d💻'] },
          default: { description: hide('D'), default: 'x', anyOf: [{ description: hide('A') }] },
        },
        $defs: { d: { $comment: hide('C') } },
      });
      const described = (hide: (text: string) => string) => ({ title: hide('T'), description: hide('D') });
      const items = (hide: (text: string) => string) => ({
        tools: [
          tool('a', {
            ...described(hide),
            inputSchema: schema(hide),
            outputSchema: schema(hide),
            annotations: { title: hide('H') },
          }),
          tool('b', { description: 'plain' }),
        ],
        resources: [{ uri: 'a:1', name: hide('N'), ...described(hide) }],
        resourceTemplates: [{ uriTemplate: 'a:{x}', name: hide('N'), ...described(hide) }],
        prompts: [{ name: 'a', ...described(hide), arguments: [{ name: 'x', ...described(hide) }] }],
      });
      const { reader } = readerOf([items(dirty)]);
      expect({
        tools: await reader.tools(),
        resources: await reader.resources(),
        resourceTemplates: await reader.resourceTemplates(),
        prompts: await reader.prompts(),
      }).toEqual(items((text) => text));
      expect(reader.hidden).toEqual([
        { list: 'tools', item: 'a', characters: 4 * 13 },
        { list: 'resources', item: 'a:1', characters: 4 * 3 },
        { list: 'resourceTemplates', item: 'a:{x}', characters: 4 * 3 },
        { list: 'prompts', item: 'a', characters: 4 * 4 },
      ]);
      expect(reader.leftOut).toEqual([]);
    });

    it.each([
      ['the name of a parameter', { properties: { [dirty('x')]: {} } }],
      ['a value that it allows', { properties: { x: { enum: [dirty('x')] } } }],
      ['a default', { properties: { x: { default: { deep: [dirty('x')] } } } }],
      ['a keyword that nobody knows', { 'x-note': dirty('x') }],
    ])('is left out where it does so in %s', async (_, inputSchema) => {
      const { reader } = readerOf([{ tools: [tool('a', { inputSchema }), tool('b')] }]);
      expect(await reader.tools()).toEqual([tool('b')]);
      expect(reader.leftOut).toEqual(['tools/list: a: its schema hides characters']);
    });

    it('is left out where it does so in the name of a prompt or of what a prompt takes', async () => {
      const { reader } = readerOf([
        { prompts: [{ name: dirty('a') }, { name: 'b', arguments: [{ name: dirty('x') }] }, { name: 'c' }] },
      ]);
      expect((await reader.prompts()).map(({ name }) => name)).toEqual(['c']);
    });

    it('is left out where it does so in its URI', async () => {
      const uris = ['a:1\u200b', 'a:\r\nX: y', 'a:\u0000', 'a:天气 {x}'];
      const { reader } = readerOf([
        {
          resources: uris.map((uri) => ({ uri, name: 'a' })),
          resourceTemplates: uris.map((uriTemplate) => ({ uriTemplate, name: 'a' })),
        },
      ]);
      expect((await reader.resources()).map(({ uri }) => uri)).toEqual(['a:天气 {x}']);
      expect(await reader.resourceTemplates()).toHaveLength(1);
    });

    it('may separate with control characters, which hide nothing', async () => {
      const inputSchema = { type: 'object', properties: { x: { default: '\u001f' } } };
      expect(await readerOf([{ tools: [tool('a', { inputSchema })] }]).reader.tools()).toHaveLength(1);
    });
  });

  it('cuts a long description between characters', async () => {
    const description = `${'x'.repeat(LIMITS.descriptionBytes - 1)}🙂`;
    const [{ description: kept = '' }] = await readerOf([{ tools: [tool('a', { description })] }]).reader.tools();
    expect(kept.isWellFormed()).toBe(true);
  });

  it('leaves out of an item what is too large, and an item that is too large even so', async () => {
    const icon = { icons: [{ src: `data:image/png;base64,${'A'.repeat(LIMITS.extraBytes)}` }] };
    const { reader } = readerOf([{ tools: [tool('a', { ...icon, title: 'A' })] }]);
    expect([await reader.tools(), reader.leftOut]).toEqual([
      [tool('a', { title: 'A' })],
      ['tools/list: a: its icons, which is malformed or too large'],
    ]);
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, each) => [`x${each}`, 'x'.repeat(20_000)]));
    expect(await readerOf([{ tools: [tool('a', many), tool('b')] }]).reader.tools()).toEqual([tool('b')]);
  });

  it('drops what is not as its key wants it, because clients refuse a whole list for it', async () => {
    const odd = {
      title: 7,
      description: null,
      icons: [{ src: 'a:b', theme: 'pink' }, { sizes: ['any'] }, 'icon'],
      annotations: { readOnlyHint: 'yes', destructiveHint: true, priority: 9, 'example.com/own': 1 },
      _meta: [],
      execution: null,
      outputSchema: true,
    };
    const { reader } = readerOf([
      {
        tools: [{ name: 'a', inputSchema: { properties: {} }, ...odd }],
        resources: [{ uri: 'a:1', size: -1, mimeType: null }],
        resourceTemplates: [{ uriTemplate: 'a:{x}', name: 1 }],
        prompts: [{ name: 'a', arguments: [{ name: 'x', required: 'no', title: 'X' }, { title: 'no name' }] }],
      },
    ]);
    expect(await reader.tools()).toEqual([
      tool('a', {
        inputSchema: { type: 'object', properties: {} },
        icons: [{ src: 'a:b' }],
        annotations: { destructiveHint: true, 'example.com/own': 1 },
      }),
    ]);
    expect(await reader.resources()).toEqual([{ uri: 'a:1', name: 'a:1' }]);
    expect(await reader.resourceTemplates()).toEqual([{ uriTemplate: 'a:{x}', name: 'a:{x}' }]);
    expect(await reader.prompts()).toEqual([{ name: 'a', arguments: [{ name: 'x', title: 'X' }] }]);
    expect(reader.leftOut).toContain('tools/list: a: its title, which is malformed or too large');
  });

  it('hears for how long a modern service says that its lists hold: the shortest of them', async () => {
    const pages = [
      { tools: [tool('a')], ttlMs: 9_000, nextCursor: '2' },
      { tools: [], ttlMs: 7_000 },
    ];
    const ttlOf = async (connection: Partial<Connection>, answers: Page[] = pages) => {
      const { reader } = readerOf(answers, connection);
      await reader.tools();
      return reader.ttlMs;
    };
    expect(await ttlOf({ era: 'modern' })).toBe(7_000);
    expect(await ttlOf({ era: 'legacy' })).toBeUndefined();
    for (const ttlMs of ['9', -1, Number.NaN, null])
      expect(await ttlOf({ era: 'modern' }, [{ tools: [], ttlMs }])).toBeUndefined();
  });

  it('takes an empty cursor for the end, and a cursor of a megabyte too', async () => {
    const empty = readerOf([{ tools: [tool('a')], nextCursor: '' }]);
    expect(await empty.reader.tools()).toEqual([tool('a')]);
    const long = readerOf([{ tools: [tool('a')], nextCursor: 'x'.repeat(1_000_000) }]);
    await long.reader.tools();
    expect([empty.cursors.length, empty.reader.leftOut, long.cursors.length, long.reader.leftOut]).toEqual([
      1,
      [],
      1,
      ['tools/list: everything after page 1, whose cursor is too long'],
    ]);
  });

  it('says so when there were more pages than it has room for', async () => {
    const full = Array.from({ length: LIMITS.tools }, (_, each) => tool(`t${each}`));
    const { reader, cursors } = readerOf([{ tools: full, nextCursor: '2' }, { tools: [tool('more')] }]);
    expect(await reader.tools()).toHaveLength(LIMITS.tools);
    expect([cursors.length, reader.leftOut]).toEqual([1, [`tools/list: everything after the first ${LIMITS.tools}`]]);
  });

  it('keeps the first of two items with one name, also when the list changes from page to page', async () => {
    const { reader } = readerOf([
      { tools: [tool('a', { title: 'first' }), tool('b')], nextCursor: '2' },
      { tools: [tool('b'), tool('a', { title: 'second' }), tool('c')] },
    ]);
    expect(await reader.tools()).toEqual([tool('a', { title: 'first' }), tool('b'), tool('c')]);
    expect(reader.leftOut).toEqual(['tools/list: b: listed twice', 'tools/list: a: listed twice']);
  });

  it('asks for nothing that the service did not announce', async () => {
    const { reader, cursors } = readerOf([{}], { capabilities: {} });
    expect([
      await reader.tools(),
      await reader.resources(),
      await reader.resourceTemplates(),
      await reader.prompts(),
    ]).toEqual([[], [], [], []]);
    expect(cursors).toEqual([]);
  });

  it('leaves a list whose pages go round in a circle', async () => {
    const { reader, cursors } = readerOf([{ tools: [tool('a')], nextCursor: 'same' }]);
    expect(await reader.tools()).toEqual([tool('a')]);
    expect(cursors).toHaveLength(2);
  });

  it(`stops after ${LIMITS.pages} pages and says so`, async () => {
    const { reader, cursors } = readerOf(
      Array.from({ length: 99 }, (_, page) => ({ tools: [tool(`t${page}`)], nextCursor: `${page}` })),
    );
    expect(await reader.tools()).toHaveLength(LIMITS.pages);
    expect([cursors.length, reader.leftOut]).toEqual([
      LIMITS.pages,
      [`tools/list: everything after page ${LIMITS.pages}`],
    ]);
  });

  it.each([LIMITS.tools - 1, LIMITS.tools, LIMITS.tools + 1])(
    'of %i tools takes as many as the limit allows',
    async (count) => {
      const { reader } = readerOf([{ tools: Array.from({ length: count }, (_, each) => tool(`t${each}`)) }]);
      expect(await reader.tools()).toHaveLength(Math.min(count, LIMITS.tools));
      expect(reader.leftOut).toHaveLength(Math.max(0, count - LIMITS.tools));
    },
  );

  it.each([
    ['a name with a space', tool('a b')],
    ['a name of 129 letters', tool('x'.repeat(129))],
    ['no name', { inputSchema: {} }],
    ['no schema', { name: 'a' }],
    ['arguments that are a list', tool('a', { inputSchema: { type: 'array' } })],
    ['a schema of 64 KiB', tool('a', { inputSchema: { type: 'object', description: 'x'.repeat(LIMITS.schemaBytes) } })],
    ['a name that is taken', tool('good')],
    ['no object at all', 'tool'],
  ])('leaves out a tool with %s, and no other', async (_what, bad) => {
    const { reader } = readerOf([{ tools: [tool('good'), bad, tool('other')] }]);
    expect((await reader.tools()).map((each) => each.name)).toEqual(['good', 'other']);
    expect(reader.leftOut).toHaveLength(1);
  });

  it('leaves out a tool with an invalid x-mcp-header, where headers count', async () => {
    const invalid = tool('a', {
      inputSchema: { type: 'object', properties: { x: { type: 'object', 'x-mcp-header': 'X' } } },
    });
    expect(await readerOf([{ tools: [invalid] }]).reader.tools()).toHaveLength(1);
    expect(await readerOf([{ tools: [invalid] }], { era: 'modern', kind: 'streamable-http' }).reader.tools()).toEqual(
      [],
    );
  });

  it('cuts a description that is too long', async () => {
    const { reader } = readerOf([{ tools: [tool('a', { description: 'x'.repeat(LIMITS.descriptionBytes + 1) })] }]);
    expect((await reader.tools())[0]?.description).toHaveLength(LIMITS.descriptionBytes + 1);
    expect((await reader.tools())[0]?.description?.endsWith('…')).toBe(true);
  });

  it('takes no more than its share of memory', async () => {
    const heavy = (name: string) => tool(name, { inputSchema: { type: 'object', description: 'x'.repeat(60_000) } });
    const { reader } = readerOf([{ tools: Array.from({ length: 100 }, (_, each) => heavy(`t${each}`)) }]);
    expect(Buffer.byteLength(JSON.stringify(await reader.tools()))).toBeLessThan(LIMITS.listBytes + 1_000);
  });

  it('takes a list that is none for an empty one', async () => {
    expect(await readerOf([{ tools: 'many' }]).reader.tools()).toEqual([]);
    expect(await readerOf([{}]).reader.prompts()).toEqual([]);
  });
});
