import { examineForeign, restoreLosses } from './foreign-json.js';

const problemOfForeign = (body: unknown) => examineForeign(body).problem;

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('a parsed body', () => {
  it.each([null, 'text', [1, { a: [] }], { name: 'x', arguments: { constructor: 'a name like any other' } }, {}])(
    'is fine: %j',
    (body) => {
      expect(problemOfForeign(body)).toBeUndefined();
    },
  );

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'may not hold %s',
    (name) => {
      expect(problemOfForeign(JSON.parse(`{"${name}": {}}`))).toMatchObject({ path: name });
    },
  );

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

describe('what a class is made of', () => {
  class Draft {
    items: unknown[];
    arguments: unknown;
  }

  /** A class of the text, without what the libraries lose. */
  const madeOf = (json: string): { sent: unknown; made: unknown } => {
    const lose = (name: string, value: unknown): unknown => (name in Object.prototype ? undefined : value);
    return { sent: JSON.parse(json), made: Object.assign(new Draft(), JSON.parse(json, lose)) };
  };

  it.each([
    ['{"arguments":{"city":"Bern"},"items":[1]}', false],
    ['{"arguments":{"city":{"constructor":1}}}', true],
    ['{"arguments":[{"prototype":1}]}', true],
    ['{"items":[[]]}', true],
  ])('is odd or not: %s', (json, isOdd) => {
    expect(examineForeign(JSON.parse(json))).toEqual({ isOdd });
  });

  it('gets back in free JSON what was lost on the way', () => {
    const { sent, made } = madeOf('{"arguments":{"a":{"constructor":"c","b":1},"toString":"t"}}');
    expect(restoreLosses(sent, made)).toBeUndefined();
    expect(JSON.stringify((made as Draft).arguments)).toBe('{"a":{"b":1,"constructor":"c"},"toString":"t"}');
  });

  it('is refused where a class says which fields there are', () => {
    const inner = madeOf('{"arguments":1,"constructor":1}');
    const { sent, made } = { sent: { items: [inner.sent] }, made: Object.assign(new Draft(), { items: [inner.made] }) };
    expect(restoreLosses(sent, made)).toEqual({
      path: 'items.0.constructor',
      message: 'property constructor should not exist',
    });
  });

  it('is refused with a list among the items of a list of a class, and is not within free JSON', () => {
    expect(restoreLosses({ items: [[]] }, Object.assign(new Draft(), { items: [[]] }))).toMatchObject({
      path: 'items',
    });
    expect(
      restoreLosses({ arguments: { rows: [[1]] } }, Object.assign(new Draft(), { arguments: { rows: [[1]] } })),
    ).toBe(undefined);
  });
});
