import type { AppError } from '../../platform/index.js';
import { ArgumentValidator } from './argument-validator.js';
import { SchemaChecker } from './schema-checker.js';
import type { Schema } from './schema-limits.js';

/**
 * Group C, schemas and patterns: programs that strangers wrote. Each row is a schema, a value, and what becomes of the call;
 * after each of them an innocent call is checked, by the same threads.
 */
type Verdict = 'fits' | 'invalid' | 'unusable';
type Row = readonly [name: string, schema: Schema, value: unknown, verdict: Verdict];

const object = (properties: Schema, more: Schema = {}): Schema => ({ type: 'object', properties, ...more });
const patterned = (pattern: string): Schema => object({ x: { type: 'string', pattern } });
const nested = (levels: number, wrap: (inner: Schema) => Schema): Schema =>
  Array.from({ length: levels }).reduce<Schema>((inner) => wrap(inner), { type: 'string' });
const parse = (text: string): Schema => JSON.parse(text) as Schema;

/** Each level leads to the next by two ways: 2^24 of them. */
const bomb = (level: (next: Schema) => Schema, levels = 24): Schema => ({
  $ref: '#/$defs/d0',
  $defs: Object.fromEntries([
    ...Array.from({ length: levels }, (_, at) => [`d${at}`, level({ $ref: `#/$defs/d${at + 1}` })]),
    [`d${levels}`, { type: 'string' }],
  ]) as Schema,
});

const C1: Row[] = [
  ['anyOf', bomb((next) => ({ anyOf: [{ allOf: [next] }, { allOf: [next] }] })), 1, 'unusable'],
  ['oneOf', bomb((next) => ({ oneOf: [next, { allOf: [next] }] })), 1, 'unusable'],
  ['allOf, which fits', bomb((next) => ({ allOf: [next, { allOf: [next] }] }), 31), 'x', 'unusable'],
  ['if and else', bomb((next) => ({ if: next, then: true, else: next })), 1, 'unusable'],
  ['contains', bomb((next) => ({ anyOf: [next, { not: next }], minimum: 0 })), 1, 'unusable'],
  [
    'dependent schemas',
    bomb((next) => ({ dependentSchemas: { x: { anyOf: [next, { allOf: [next] }] } } })),
    { x: 1 },
    'unusable',
  ],
];

const C2: Row[] = [
  ...['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^(.*a){20}$', '^([a-z]+)*[0-9]$'].map((pattern): Row => [
    pattern,
    patterned(pattern),
    { x: `${'a'.repeat(30_000)}!` },
    'invalid',
  ]),
  ['^(a+)+$ that fits', patterned('^(a+)+$'), { x: 'a'.repeat(30_000) }, 'fits'],
  ...['^(?=a)b', '^(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>'].map((pattern): Row => [
    pattern,
    patterned(pattern),
    { x: 'b' },
    'unusable',
  ]),
  ['a letter k behind a backslash', patterned('^\\\\k$'), { x: '\\k' }, 'fits'],
  ['a pattern of 512 characters', patterned('a'.repeat(512)), { x: 'b' }, 'invalid'],
  ['a pattern of 513', patterned('a'.repeat(513)), { x: 'b' }, 'unusable'],
  ['a pattern that does not compile', patterned('('), { x: 'b' }, 'unusable'],
  ['a pattern that counts to a million', patterned('(a{1000}){1000}'), { x: 'b' }, 'unusable'],
  ['pattern properties', { patternProperties: { '^(a+)+$': false } }, { [`${'a'.repeat(30_000)}!`]: 1 }, 'fits'],
  ['two patterns, kept apart', object({ x: { pattern: '^a$' }, y: { pattern: '^b$' } }), { x: 'a', y: 'a' }, 'invalid'],
  [
    'two patterns, kept apart, that fit',
    object({ x: { pattern: '^a$' }, y: { pattern: '^b$' } }),
    { x: 'a', y: 'b' },
    'fits',
  ],
];

const many = (count: number, each: (at: number) => unknown): Schema =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, each(at)]));
const C3: Row[] = [
  ['10,000 properties', object(many(10_000, () => ({}))), {}, 'unusable'],
  ['997 properties', object(many(997, () => ({}))), {}, 'fits'],
  ['1,000 properties', object(many(1_000, () => ({}))), {}, 'unusable'],
  ['1,000 levels', nested(1_000, (inner) => ({ not: inner })), 1, 'unusable'],
  ['31 levels', nested(31, (inner) => ({ allOf: [inner] as unknown })), 'x', 'unusable'],
  ['15 levels', nested(15, (inner) => ({ allOf: [inner] as unknown })), 'x', 'fits'],
  ['50,000 values', { enum: Array.from({ length: 50_000 }, (_, at) => at) }, -1, 'unusable'],
  ['64 KiB of words', { description: 'x'.repeat(65_536) }, 1, 'unusable'],
  ['a little less than 64 KiB', { description: 'x'.repeat(65_000) }, 1, 'fits'],
];

const C4: Row[] = [
  'http://169.254.169.254/latest/meta-data',
  'https://example.com/schema.json',
  'file:///etc/passwd',
  'ftp://example.com/x',
  '//example.com/x',
  'other.json',
  'urn:example:x',
  '#/$defs/nothing',
  '#nowhere',
].map((ref): Row => [`$ref to ${ref}`, object({ x: { $ref: ref } }), { x: 1 }, 'unusable']);
C4.push(
  ['$dynamicRef elsewhere', object({ x: { $dynamicRef: 'https://example.com/s#a' } }), { x: 1 }, 'unusable'],
  ['$schema elsewhere', { $schema: 'http://169.254.169.254/meta', type: 'object' }, {}, 'fits'],
  ['$id elsewhere and a $ref beside it', { $id: 'https://example.com/a', $ref: 'b' }, {}, 'unusable'],
);

const C5: Row[] = [
  ['itself', { $ref: '#' }, {}, 'unusable'],
  ['itself through allOf', { allOf: [{ $ref: '#' }] }, {}, 'unusable'],
  ['each other', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }, {}, 'unusable'],
  ['itself in a property, as trees do', object({ child: { $ref: '#' } }), { child: { child: {} } }, 'fits'],
  ['itself in a property, with a wrong leaf', object({ child: { $ref: '#' } }), { child: { child: 1 } }, 'invalid'],
];

const C6: Row[] = [
  [
    'the $id of the meta-schema',
    { $id: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
    {},
    'unusable',
  ],
  ['an $id for the first time', { $id: 'https://example.com/c6', type: 'object' }, {}, 'fits'],
  ['the same $id again', { $id: 'https://example.com/c6', required: ['x'] }, {}, 'invalid'],
  ['the same $anchor twice', { $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } }, type: 'object' }, {}, 'unusable'],
];

const objects = (count: number): unknown[] => Array.from({ length: count }, (_, at) => ({ at, pad: ['x'] }));
const C7: Row[] = [
  ['of 12,000 objects', object({ list: { uniqueItems: true } }), { list: objects(12_000) }, 'unusable'],
  ['of two', object({ list: { uniqueItems: true } }), { list: objects(2) }, 'fits'],
  ['of two equal ones', object({ list: { uniqueItems: true } }), { list: [{ a: 1 }, { a: 1 }] }, 'invalid'],
];

const CODE = '"];globalThis.hacked=1;x["';
const C8: Row[] = [
  ['a default of __proto__', parse('{"properties":{"__proto__":{"default":{"isAdmin":true}}}}'), {}, 'fits'],
  ['a key that looks like code', object({ [CODE]: { type: 'string' } }), { [CODE]: 1 }, 'invalid'],
  ['a required key that looks like code', { required: [CODE] }, {}, 'invalid'],
  ['an enumeration that looks like code', { enum: [CODE] }, CODE, 'fits'],
  ['a pattern that looks like code', patterned('"/;globalThis.hacked=1;//'), { x: 'y' }, 'invalid'],
  ['a $ref that looks like code', { $ref: `#/$defs/${CODE}`, $defs: {} }, {}, 'unusable'],
  ['a format that looks like code', { format: CODE }, 'x', 'fits'],
  ['constructor as a property', object({ constructor: { type: 'string' } }), {}, 'fits'],
  ['toString as a required property', { required: ['toString'] }, {}, 'invalid'],
  ['a $comment that looks like code', { $comment: `${CODE}\u2028throw 1` }, {}, 'fits'],
  ['a keyword that is none', { 'x-evil': { $ref: 'http://169.254.169.254/' } }, {}, 'fits'],
];

const GROUPS = { C1, C2, C3, C4, C5, C6, C7, C8 };
const ROWS = Object.entries(GROUPS).flatMap(([group, rows]) =>
  rows.map(([name, ...rest]) => [`${group} ${name}`, ...rest] as const),
);

describe('a schema that means no good', () => {
  const checker = new SchemaChecker();
  const validator = new ArgumentValidator(checker);
  afterAll(async () => {
    await checker.onApplicationShutdown();
    process.stdout.write(`group C: ${ROWS.length} cases of schemas\n`);
  });

  const verdictOn = async (inputSchema: Schema, value: unknown): Promise<Verdict> => {
    try {
      await validator.check({ name: 'probe', inputSchema }, value);
      return 'fits';
    } catch (error) {
      return (error as AppError).code === 'arguments_invalid' ? 'invalid' : 'unusable';
    }
  };

  it.each(ROWS)('%s', async (_, schema, value, verdict) => {
    const innocent = object({ city: { type: 'string', pattern: '^[A-Z]' } });
    expect(await verdictOn(schema, value)).toBe(verdict);
    expect([await verdictOn(innocent, { city: 'Ulm' }), await verdictOn(innocent, { city: 'ulm' })]).toEqual([
      'fits',
      'invalid',
    ]);
    expect('hacked' in globalThis || 'isAdmin' in {}).toBe(false);
  });
});
