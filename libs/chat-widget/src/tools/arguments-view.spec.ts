import { argumentRows, keyArgument } from './arguments-view.js';

describe('keyArgument', () => {
  it.each<[unknown, string]>([
    [{ limit: 3, query: 'a\n b' }, 'a b'],
    [{ limit: 3 }, '3'],
    [{ deep: {} }, ''],
    ['text', ''],
    [undefined, ''],
    [{ name: 'x'.repeat(100) }, 'x'.repeat(80)],
  ])('of %j is %j', (input, expected) => expect(keyArgument(input)).toBe(expected));
});

describe('argumentRows', () => {
  it('shows text plainly and the rest as JSON', () => {
    expect(argumentRows({ a: 'x', b: [1], c: null })).toEqual([
      ['a', 'x'],
      ['b', '[\n  1\n]'],
      ['c', 'null'],
    ]);
    expect(argumentRows(undefined)).toEqual([]);
  });
});
