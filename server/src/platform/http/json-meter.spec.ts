import fc from 'fast-check';
import { JsonMeter } from './json-meter.js';

const NO_LIMITS = { depth: 1_000, keys: 1_000_000 };

const keysIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value) as unknown[];
  return children.reduce<number>((sum, child) => sum + keysIn(child), Array.isArray(value) ? 0 : children.length);
};
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

/** Texts in which quotes, backslashes, brackets and colons are more likely than usual, some of them long. */
const text = fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ']', '}', ':', 'a', '好', '\n'), maxLength: 200 });
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 6 }, text, fc.integer(), fc.constant(null), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 5 }),
  object: fc.dictionary(text, tie('any'), { maxKeys: 5 }),
})).any;

describe('measuring JSON on its bytes', () => {
  it('counts what is there, however the text is cut into pieces', () => {
    fc.assert(
      fc.property(value, fc.array(fc.nat(400), { maxLength: 6 }), fc.boolean(), (each, cuts, isPretty) => {
        const bytes = Buffer.from(JSON.stringify(each, null, isPretty ? 2 : 0));
        const meter = new JsonMeter(NO_LIMITS);
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        places.slice(1).forEach((place, at) => meter.feed(bytes, places[at], place));
        expect(meter.keys).toBe(keysIn(JSON.parse(bytes.toString())));
        const depth = depthOf(each);
        expect(() => new JsonMeter({ ...NO_LIMITS, depth }).feed(bytes)).not.toThrow();
        if (depth > 0) expect(() => new JsonMeter({ ...NO_LIMITS, depth: depth - 1 }).feed(bytes)).toThrow('nested');
      }),
      { numRuns: 300 },
    );
  });

  it('notes where the only long string stands', () => {
    const LONG = 60;
    fc.assert(
      fc.property(value, fc.boolean(), (each, isPretty) => {
        const json = JSON.stringify(each, null, isPretty ? 2 : 0);
        const long = [...json.matchAll(/"(?:[^"\\]|\\.)*"/gs)]
          .map(([token]) => token)
          .filter((token) => Buffer.byteLength(token) >= LONG);
        const bytes = Buffer.from(json);
        const meter = new JsonMeter(NO_LIMITS, LONG);
        meter.feed(bytes);
        const { from, to } = meter.onlyLong ?? { from: 0, to: 0 };
        expect(bytes.toString('utf8', from, to)).toBe(long.length === 1 ? long[0] : '');
      }),
      { numRuns: 500 },
    );
  });

  it('begins anew', () => {
    const meter = new JsonMeter({ depth: 2, keys: 2 });
    for (const piece of ['{"a":[', '"never ended \\', '{"a":{"b":1}}', '[[1]]']) {
      meter.restart();
      meter.feed(Buffer.from(piece));
    }
    expect(() => meter.feed(Buffer.from('[[['))).toThrow('nested');
  });
});
