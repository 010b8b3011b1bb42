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
