import fc from 'fast-check';
import { MAX_PUBLIC_NAME_LENGTH, assignPublicNames, type QualifiedTool } from './public-name.js';

const nameOf = (slug: string, tool: string): string | undefined => [...assignPublicNames([{ slug, tool }]).values()][0];

const hostileText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 130, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'A', '_', '-', '.', 'é', 'а') }),
);
const tools = fc.uniqueArray(fc.record({ slug: hostileText, tool: hostileText }), {
  selector: ({ slug, tool }) => JSON.stringify([slug, tool]),
  maxLength: 30,
});

describe('public names', () => {
  it('joins slug and tool when nothing has to change', () => {
    expect(nameOf('files', 'read_text_file')).toBe('files__read_text_file');
  });

  it('keeps a readable stem and appends a hash where characters are not allowed', () => {
    expect(nameOf('files', 'read.text')).toMatch(/^files__read_text_[0-9a-f]{8}$/);
  });

  it('shortens what is too long and stays distinct', () => {
    const first = nameOf('files', `${'x'.repeat(100)}1`);
    const second = nameOf('files', `${'x'.repeat(100)}2`);
    expect(first).toHaveLength(MAX_PUBLIC_NAME_LENGTH);
    expect(first).not.toBe(second);
  });

  it('tells apart tools that differ by case only', () => {
    const names = [
      ...assignPublicNames([
        { slug: 'a', tool: 'Run' },
        { slug: 'a', tool: 'run' },
      ]).values(),
    ];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
  });

  it('tells apart names that look alike, and shows none of the letters that do', () => {
    const alike = ['pay', 'раy', 'ｐａｙ', 'pay\u200b', 'p\u0430y', 'PAY', 'pаy\u0301', '\u202epay'];
    const names = [...assignPublicNames(alike.map((tool) => ({ slug: 'bank', tool }))).values()];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(new Set(alike).size);
    for (const name of names) expect(name).toMatch(/^bank__[A-Za-z0-9_-]+$/);
    expect(names.filter((name) => name === 'bank__pay')).toHaveLength(0);
  });

  it('does not let one service take the name of another', () => {
    const victim = { slug: 'a.b', tool: 'search' };
    const stolen = nameOf(victim.slug, victim.tool)!.split('__');
    const thief = { slug: stolen[0], tool: stolen[1] };
    const names = assignPublicNames([victim, thief]);
    expect(names.get(victim)).not.toBe(names.get(thief));
  });

  it('gives every tool a distinct, short and harmless name', () => {
    fc.assert(
      fc.property(tools, (list) => {
        const names = [...assignPublicNames(list).values()];
        expect(names).toHaveLength(list.length);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(list.length);
        for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(tools, (list) => {
        const byTool = (named: Map<QualifiedTool, string>) =>
          Object.fromEntries([...named].map(([tool, name]) => [JSON.stringify([tool.slug, tool.tool]), name]));
        expect(byTool(assignPublicNames([...list].reverse()))).toEqual(byTool(assignPublicNames(list)));
      }),
    );
  });
});
