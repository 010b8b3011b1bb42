import { freeSlug, slugOf } from './slug.js';

describe('slugOf', () => {
  it.each([
    ['GitHub', 'github'],
    ['Company  Wiki (v2)', 'company-wiki-v2'],
    ['高德地图', 'gao-de-di-tu'],
    ['知识库 Search', 'zhi-shi-ku-search'],
    ['Café Zürich', 'cafe-zurich'],
    ['--x--', 'x'],
    ['🚀', 'service'],
    ['', 'service'],
    [`${'long '.repeat(6)}end of it`, 'long-long-long-long-long-long-en'],
    [`${'a'.repeat(31)} b`, 'a'.repeat(31)],
  ])('makes of %j %s', async (name, slug) => {
    expect(await slugOf(name)).toBe(slug);
    expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,31}$/);
  });
});

describe('freeSlug', () => {
  const taken =
    (...slugs: string[]) =>
    (slug: string) =>
      slugs.includes(slug);

  it('keeps a slug that is free', () => expect(freeSlug('wiki', taken())).toBe('wiki'));

  it('takes the first number that is free', () => {
    expect(freeSlug('wiki', taken('wiki', 'wiki-2'))).toBe('wiki-3');
  });

  it('stays within the length', () => {
    expect(freeSlug('a'.repeat(32), taken('a'.repeat(32)))).toBe(`${'a'.repeat(30)}-2`);
  });

  it('never is the name of a route', () => expect(freeSlug('import', taken())).toBe('import-2'));
});
