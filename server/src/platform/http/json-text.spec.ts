import fc from 'fast-check';
import { JsonRefused } from './json-meter.js';
import { MAX_JSON_DEPTH, MAX_JSON_KEYS, parseJsonBody } from './json-text.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const withKeys = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])));

describe('parsing a body', () => {
  it('agrees with JSON.parse on every harmless value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([['{"a":":[{}]:","b\\"c:":"\\\\"}'], ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}'], ['{"__proto__":{"x":1}}']])(
    'accepts %s',
    (text) => {
      expect(JSON.stringify(parse(text))).toBe(JSON.stringify(JSON.parse(text)));
    },
  );

  it.each([
    ['an equal key', '{"method":"a","method":"b"}'],
    ['a key that is equal once unescaped', '{"method":"a","\\u006dethod":"b"}'],
    ['an equal key deep inside', '{"a":[{"b":{"c":1,"c":2}}]}'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}'],
    ['one level too many', nested(MAX_JSON_DEPTH + 1)],
    ['one key too many', withKeys(MAX_JSON_KEYS + 1)],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ kind: 'forbidden' }) as JsonRefused);
  });

  it('accepts exactly the allowed depth and number of keys', () => {
    expect(parse(nested(MAX_JSON_DEPTH))).toBeDefined();
    expect(parse(withKeys(MAX_JSON_KEYS))).toBeDefined();
  });

  it.each(['', '{', '{"a":1}x', '"', '"\\', '﻿{}', 'NaN', "{'a':1}"])('reports %j as malformed', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ kind: 'malformed' }) as JsonRefused);
  });

  it('reports bytes that are not UTF-8 as malformed', () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow(JsonRefused);
  });

  it('refuses a megabyte of opening brackets without parsing it', () => {
    expect(() => parse('['.repeat(1 << 20))).toThrow(expect.objectContaining({ kind: 'forbidden' }) as JsonRefused);
  });
});
