import { AppError } from '../../platform/index.js';
import { ArgumentValidator, type CheckedTool } from './argument-validator.js';
import { isHarmless } from './harmless-schema.js';
import { SchemaChecker } from './schema-checker.js';
import type { Schema } from './schema-limits.js';

const checker = new SchemaChecker();
const validator = new ArgumentValidator(checker);
afterAll(() => checker.onApplicationShutdown());

const toolWith = (inputSchema: Schema): CheckedTool => ({ name: 'probe', inputSchema });

/** The code and fields of the refusal; undefined when the arguments are fine. */
const refusal = async (schema: Schema, args: unknown): Promise<AppError | undefined> => {
  try {
    await validator.check(toolWith(schema), args);
    return undefined;
  } catch (error) {
    return error as AppError;
  }
};

const flat: Schema = {
  type: 'object',
  properties: { city: { type: 'string', maxLength: 5 }, days: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
  required: ['city'],
  additionalProperties: false,
};

const linked: Schema = {
  ...flat,
  $defs: { place: { type: 'string' } },
  properties: { city: { $ref: '#/$defs/place' } },
};

/** Twenty-four levels of two equal branches: sixteen million ways to be wrong. */
const bomb: Schema = {
  $ref: '#/$defs/level0',
  $defs: Object.fromEntries([
    ...Array.from({ length: 24 }, (_, at) => {
      const next = { $ref: `#/$defs/level${at + 1}` };
      return [`level${at}`, { anyOf: [{ allOf: [next] }, { allOf: [next] }] }];
    }),
    ['level24', { type: 'string' }],
  ]) as Schema,
};

const patterned = (pattern: string): Schema => ({ type: 'object', properties: { text: { type: 'string', pattern } } });

describe('checking arguments', () => {
  it.each([
    ['here', flat],
    ['in the thread', linked],
  ])('names each broken field, checked %s', async (_, schema) => {
    expect(await refusal(schema, { city: 'Ulm' })).toBeUndefined();
    expect((await refusal(schema, {}))?.fields).toEqual([{ path: 'arguments.city', message: 'is required' }]);
    expect((await refusal(schema, { city: 7 }))?.fields).toEqual([
      { path: 'arguments.city', message: 'must be string' },
    ]);
    expect((await refusal(schema, { city: 'Ulm', 'a/b': 1 }))?.fields).toEqual([
      { path: 'arguments.a/b', message: 'is not a parameter of this tool' },
    ]);
    expect(await refusal(schema, 'Ulm')).toMatchObject({ code: 'arguments_invalid', fields: [{ path: 'arguments' }] });
  });

  it('checks plain schemas here and everything that can explode in the thread', () => {
    expect(isHarmless(flat)).toBe(true);
    expect([linked, bomb, patterned('a'), { uniqueItems: true }, { format: 'email' }].map(isHarmless)).toEqual(
      Array(5).fill(false),
    );
  });

  it('ends a check that multiplies, and the next one works', async () => {
    expect(await refusal(bomb, 1)).toMatchObject({ code: 'tool_schema_unusable' });
    expect(await refusal(linked, { city: 'Ulm' })).toBeUndefined();
  });

  it('matches patterns in linear time', async () => {
    expect(await refusal(patterned('^(a+)+$'), { text: `${'a'.repeat(50_000)}!` })).toMatchObject({
      code: 'arguments_invalid',
    });
    expect(await refusal(patterned('^(a+)+$'), { text: 'aaa' })).toBeUndefined();
  });

  it('keeps the patterns of one schema apart', async () => {
    const schema: Schema = {
      type: 'object',
      properties: { a: { type: 'string', pattern: '^a$' }, b: { type: 'string', pattern: '^b$' } },
    };
    expect(await refusal(schema, { a: 'a', b: 'b' })).toBeUndefined();
    expect((await refusal(schema, { a: 'a', b: 'a' }))?.fields).toEqual([
      { path: 'arguments.b', message: 'must match ^b$' },
    ]);
  });

  it.each([
    ['a reference to the network', { $ref: 'http://169.254.169.254/latest/schema.json' }],
    ['a reference to a file', { $ref: 'file:///etc/passwd' }],
    ['a reference to itself', { $ref: '#' }],
    ['a look-ahead', patterned('^(?=a)b')],
    ['a back-reference', patterned('(a)\\1')],
    ['an over-long pattern', patterned('a'.repeat(513))],
    ['the id of the meta-schema', { $id: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }],
    ['a broken keyword', { type: 'object', required: 'city' }],
    ['too many levels', Array.from({ length: 40 }).reduce<Schema>((inner) => ({ not: inner }), {})],
    ['too many parts', { enum: Array.from({ length: 2_000 }, (_, at) => ({ at })) }],
    ['too many characters', { description: 'x'.repeat(70_000) }],
  ])('refuses a schema with %s', async (_, schema) => {
    expect(await refusal(schema, { text: 'b' })).toMatchObject({ code: 'tool_schema_unusable' });
  });

  it('does not let two schemas of one $id meet', async () => {
    const id = 'https://example.com/shared';
    expect(await refusal({ $id: id, type: 'object', $comment: 'first' }, {})).toBeUndefined();
    expect(await refusal({ $id: id, type: 'object', required: ['x'] }, {})).toMatchObject({
      code: 'arguments_invalid',
    });
  });

  it('gives up on comparing thousands of objects with each other', async () => {
    const schema: Schema = { type: 'object', properties: { list: { type: 'array', uniqueItems: true } } };
    const list = Array.from({ length: 12_000 }, (_, at) => ({ at, pad: ['x'] }));
    expect(await refusal(schema, { list })).toMatchObject({ code: 'tool_schema_unusable' });
    expect(await refusal(schema, { list: [{ a: 1 }, { a: 1 }] })).toMatchObject({ code: 'arguments_invalid' });
  });

  it('understands the older dialect that many servers still send', async () => {
    const schema: Schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { pair: { type: 'array', items: [{ type: 'string' }, { type: 'number' }] } },
    };
    expect(await refusal(schema, { pair: ['a', 1] })).toBeUndefined();
    expect(await refusal(schema, { pair: [1, 'a'] })).toMatchObject({ code: 'arguments_invalid' });
  });

  it('leaves code-like keys and defaults inert', async () => {
    const key = '"];globalThis.hacked=1;//';
    const schema: Schema = { type: 'object', properties: { [key]: { type: 'string', default: 'x' } }, required: [key] };
    const args = {};
    expect((await refusal(schema, args))?.fields).toEqual([{ path: `arguments.${key}`, message: 'is required' }]);
    expect(args).toEqual({});
    expect('hacked' in globalThis).toBe(false);
  });
});
