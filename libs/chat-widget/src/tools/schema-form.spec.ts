import Ajv from 'ajv/dist/2020.js';

import { collect, describeForm, draftOf, fieldPath, type Draft, type Field } from './schema-form.js';

const form = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  describeForm({ type: 'object', properties, ...more });
const only = (schema: unknown, more: Record<string, unknown> = {}): Field => {
  const [field] = form({ x: schema }, more).fields;
  if (!field) throw new Error('no field');
  return field;
};
const send = (schema: unknown, typed: string, more: Record<string, unknown> = {}) =>
  collect(form({ x: schema }, more), { x: typed });

describe('describeForm', () => {
  it.each<[string, unknown, Field['kind']]>([
    ['text', { type: 'string' }, 'string'],
    ['a number', { type: 'number' }, 'number'],
    ['an integer', { type: 'integer' }, 'integer'],
    ['yes or no', { type: 'boolean' }, 'boolean'],
    ['an enum', { enum: ['a', 2, null] }, 'choice'],
    ['a const', { const: 'v1' }, 'fixed'],
    ['constants as alternatives', { oneOf: [{ const: 'a', title: 'A' }, { const: 'b' }] }, 'choice'],
    ['a list of texts', { type: 'array', items: { type: 'string' } }, 'list'],
    ['a list of integers', { type: 'array', items: { type: 'integer' } }, 'list'],
    ['a nested object', { type: 'object', properties: { y: { type: 'string' } } }, 'group'],
    ['text or null (anyOf)', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string'],
    ['text or null (types)', { type: ['string', 'null'] }, 'string'],
    ['a list of objects', { type: 'array', items: { type: 'object' } }, 'json'],
    ['a list of choices', { type: 'array', items: { type: 'string', enum: ['a'] } }, 'json'],
    ['a tuple', { type: 'array', prefixItems: [{}], items: { type: 'string' } }, 'json'],
    ['alternatives', { anyOf: [{ type: 'string' }, { type: 'number' }] }, 'json'],
    ['two types', { type: ['string', 'number'] }, 'json'],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }, 'json'],
    ['conditions', { type: 'object', properties: {}, if: {}, then: {} }, 'json'],
    ['allOf', { allOf: [{ type: 'string' }] }, 'json'],
    ['no type at all', {}, 'json'],
    ['a type of tomorrow', { type: 'stream' }, 'json'],
    ['true', true, 'json'],
  ])('makes of %s the right field', (_, schema, kind) => expect(only(schema).kind).toBe(kind));

  it('follows local references, and is not trapped by a circle', () => {
    const $defs = {
      City: { type: 'string', title: 'City' },
      Loop: { $ref: '#/$defs/Loop' },
      Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } },
    };
    expect(only({ $ref: '#/$defs/City' }, { $defs })).toMatchObject({ kind: 'string', title: 'City' });
    expect(only({ $ref: '#/$defs/Loop' }, { $defs }).kind).toBe('json');
    expect(only({ $ref: '#/$defs/Gone' }, { $defs }).kind).toBe('json');
    expect(only({ $ref: 'https://a.example/s' }, { $defs }).kind).toBe('json');
    expect(JSON.stringify(only({ $ref: '#/$defs/Node' }, { $defs }))).toContain('"json"');
  });

  it.each([undefined, null, {}, { type: 'object' }, 7])('is an empty form for %j', (schema) => {
    expect(describeForm(schema)).toMatchObject({ kind: 'group', fields: [] });
    expect(collect(describeForm(schema), {})).toEqual({ value: {}, problems: {} });
  });

  it('is one JSON field when the root cannot be expressed', () => {
    expect(describeForm({ type: 'object', oneOf: [{ required: ['a'] }] }).kind).toBe('json');
    expect(describeForm({ type: 'object', properties: { a: {} }, allOf: [{}] }).kind).toBe('json');
  });

  it('knows what must be filled in, and by what name', () => {
    expect(only({ type: 'string', title: 'T', description: 'D' }, { required: ['x'] })).toMatchObject({
      isRequired: true,
      title: 'T',
      description: 'D',
      path: 'x',
    });
    expect(only({ type: 'string' })).toMatchObject({ isRequired: false, title: 'x' });
  });
});

describe('collect', () => {
  it.each<[string, unknown, string, unknown]>([
    ['text', { type: 'string' }, '  7 ', '  7 '],
    ['a number', { type: 'number' }, '1e3', 1000],
    ['an integer', { type: 'integer' }, '-4', -4],
    ['yes', { type: 'boolean' }, 'true', true],
    ['no', { type: 'boolean' }, 'false', false],
    ['a choice of its own type', { enum: ['1', 1, null] }, '1', 1],
    ['a list', { type: 'array', items: { type: 'string' } }, 'a\n\nb', ['a', 'b']],
    ['a list of numbers', { type: 'array', items: { type: 'number' } }, '1\n2.5', [1, 2.5]],
    ['JSON', {}, '{"a":null}', { a: null }],
  ])('sends %s', (_, schema, typed, value) => {
    expect(send(schema, typed)).toEqual({ value: { x: value }, problems: {} });
  });

  it.each<[string, unknown, string, string]>([
    ['letters for a number', { type: 'number' }, '4 apples', 'not-a-number'],
    ['a fraction for an integer', { type: 'integer' }, '1.5', 'not-an-integer'],
    ['too little', { type: 'number', minimum: 3 }, '2', 'out-of-range'],
    ['the excluded bound', { type: 'number', exclusiveMaximum: 3 }, '3', 'out-of-range'],
    ['too short', { type: 'string', minLength: 3 }, '𠮷𠮷', 'wrong-length'],
    ['too long', { type: 'string', maxLength: 1 }, 'ab', 'wrong-length'],
    ['broken JSON', {}, '{a:1}', 'not-json'],
    ['letters in a list of numbers', { type: 'array', items: { type: 'number' } }, '1\nx', 'not-a-number'],
  ])('refuses %s', (_, schema, typed, problem) => {
    expect(send(schema, typed).problems).toEqual({ x: problem });
  });

  it('leaves out what is empty, and asks for it when it must be there', () => {
    expect(send({ type: 'string' }, '')).toEqual({ value: {}, problems: {} });
    expect(send({ type: 'string' }, '', { required: ['x'] }).problems).toEqual({ x: 'required' });
    expect(send({ type: 'number' }, ' ', { required: ['x'] }).problems).toEqual({ x: 'required' });
  });

  it('sends a constant without being asked', () => {
    expect(collect(form({ v: { const: 2 } }), {}).value).toEqual({ v: 2 });
  });

  it('leaves out an optional object that nobody touched, and checks one that somebody did', () => {
    const schema = form({
      o: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] },
    });
    expect(collect(schema, {})).toEqual({ value: {}, problems: {} });
    expect(collect(schema, { 'o/b': 'x' })).toEqual({ value: { o: { b: 'x' } }, problems: { 'o/a': 'required' } });
  });
});

describe('draftOf', () => {
  it('shows arguments again as they were sent', () => {
    const schema = form({
      s: { type: 'string' },
      n: { type: 'number' },
      b: { type: 'boolean' },
      e: { enum: ['a', 'b'] },
      l: { type: 'array', items: { type: 'integer' } },
      o: { type: 'object', properties: { i: { type: 'integer' } } },
      j: {},
    });
    const value = { s: 'x', n: 1.5, b: false, e: 'b', l: [1, 2], o: { i: 3 }, j: { k: [true] } };
    expect(collect(schema, draftOf(schema, value))).toEqual({ value, problems: {} });
  });

  it('begins with the defaults', () => {
    const schema = form({ n: { type: 'integer', default: 5 }, e: { enum: ['a', 'b'], default: 'b' } });
    expect(collect(schema, draftOf(schema, undefined)).value).toEqual({ n: 5, e: 'b' });
  });
});

describe('what is sent', () => {
  const schemas: [unknown, Draft][] = [
    [
      { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
      { a: '1', b: '2' },
    ],
    [
      {
        type: 'object',
        properties: {
          messageType: { type: 'string', enum: ['error', 'debug'] },
          includeImage: { type: 'boolean', default: false },
        },
        required: ['messageType'],
      },
      { messageType: '1', includeImage: 'true' },
    ],
    [
      {
        type: 'object',
        properties: { paths: { type: 'array', items: { type: 'string' }, minItems: 1 } },
        required: ['paths'],
      },
      { paths: '/a\n/b' },
    ],
    [
      {
        type: 'object',
        properties: {
          entities: {
            type: 'array',
            items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
          },
        },
        required: ['entities'],
      },
      { entities: '[{"name":"x"}]' },
    ],
    [
      {
        type: 'object',
        properties: { f: { type: 'object', properties: { from: { $ref: '#/$defs/D' } }, required: ['from'] } },
        $defs: { D: { type: 'string', format: 'date' } },
      },
      { 'f/from': '2026-01-01' },
    ],
    [
      { type: 'object', properties: { limit: { anyOf: [{ type: 'integer' }, { type: 'null' }], default: null } } },
      { limit: '3' },
    ],
  ];

  it.each(schemas)('satisfies the schema %#', (schema, draft) => {
    const { value, problems } = collect(describeForm(schema), draft);
    expect(problems).toEqual({});
    expect(new Ajv({ strict: false, validateFormats: false }).validate(schema as object, value)).toBe(true);
  });
});

describe('fieldPath', () => {
  it.each([
    ['/city', 'city'],
    ['arguments.city', 'city'],
    ['/arguments/o/a', 'o/a'],
    ['o.a', 'o/a'],
    ['list[0]', 'list/0'],
    ['', ''],
  ])('reads %j as %j', (path, expected) => expect(fieldPath(path)).toBe(expected));
});
