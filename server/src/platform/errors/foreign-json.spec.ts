import { problemOfForeign } from './foreign-json.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('a parsed body', () => {
  it.each([null, 'text', [1, { a: [] }], { name: 'x', arguments: { constructor: 'a name like any other' } }, {}])(
    'is fine: %j',
    (body) => {
      expect(problemOfForeign(body)).toBeUndefined();
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('may not hold %s', (name) => {
    expect(problemOfForeign(JSON.parse(`{"${name}": {}}`))).toMatchObject({ path: name });
  });

  it('may not hold __proto__ at any depth', () => {
    expect(problemOfForeign(JSON.parse('{"a": [{"b": {"__proto__": {"isAdmin": true}}}]}'))).toMatchObject({
      path: 'a',
    });
  });

  it('may be 64 levels deep and no deeper, even a hundred thousand', () => {
    expect(problemOfForeign(nested(65))).toBeUndefined();
    expect(problemOfForeign(nested(66))).toMatchObject({ message: expect.stringContaining('64') as string });
    expect(problemOfForeign(nested(100_000))).toBeDefined();
  });

  it('may hold 50,000 values and no more', () => {
    expect(problemOfForeign({ list: Array(49_999).fill(0) })).toBeUndefined();
    expect(problemOfForeign({ list: Array(50_000).fill(0) })).toMatchObject({ path: 'list' });
  });
});
