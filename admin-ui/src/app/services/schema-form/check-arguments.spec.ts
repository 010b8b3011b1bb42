import { checkArguments } from './check-arguments';
import { CORPUS } from './spec/corpus';
import { judge } from './spec/judge';
import type { JsonSchema } from './json-schema';

const people: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2 },
    age: { type: 'integer', minimum: 18 },
    mail: { type: 'string', format: 'email' },
    role: { enum: ['reader', 'writer'] },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    where: { type: 'object', properties: { 'a/b': { type: 'number' } }, required: ['a/b'] },
  },
  required: ['name'],
  additionalProperties: false,
};

describe('checking arguments', () => {
  it('has nothing to say about arguments that fit', () => {
    expect(checkArguments(people, { name: 'Li', age: 30, tags: [] })).toEqual([]);
  });

  it.each<[string, unknown, object]>([
    ['a missing member', {}, { path: '/name', keyword: 'required' }],
    ['a wrong type', { name: 'Li', age: '30' }, { path: '/age', keyword: 'type', limit: 'integer' }],
    ['a number below the limit', { name: 'Li', age: 3 }, { path: '/age', keyword: 'minimum', limit: '18' }],
    ['a text that is too short', { name: 'L' }, { path: '/name', keyword: 'minLength', limit: '2' }],
    ['a broken format', { name: 'Li', mail: 'x' }, { path: '/mail', keyword: 'format', limit: 'email' }],
    [
      'a value outside the choice',
      { name: 'Li', role: 'x' },
      { path: '/role', keyword: 'enum', limit: 'reader, writer' },
    ],
    ['an item of a list', { name: 'Li', tags: ['a', 1] }, { path: '/tags/1', keyword: 'type', limit: 'string' }],
    ['too many items', { name: 'Li', tags: ['a', 'b', 'c'] }, { path: '/tags', keyword: 'maxItems', limit: '2' }],
  ])('names the field and the limit of %s', (_, value, misfit) => {
    expect(checkArguments(people, value)).toContainEqual(misfit);
  });

  it('names a member that nobody asked for', () => {
    expect(checkArguments(people, { name: 'Li', nickname: 'L' }).map((one) => one.path)).toContain('/nickname');
  });

  it('sees through references and conditions', () => {
    const schema = {
      $defs: { positive: { type: 'number', exclusiveMinimum: 0 } },
      type: 'object',
      properties: { n: { $ref: '#/$defs/positive' }, mode: { type: 'string' } },
      if: { properties: { mode: { const: 'file' } }, required: ['mode'] },
      then: { required: ['path'] },
    };
    expect(checkArguments(schema, { n: 0 }).map((one) => one.path)).toContain('/n');
    expect(checkArguments(schema, { mode: 'file' }).map((one) => one.path)).toContain('/path');
  });

  it.each(CORPUS.filter(({ inputSchema }) => judge(inputSchema, {})))(
    'judges an empty object by the schema of $name as Ajv does',
    ({ inputSchema }) => {
      expect(checkArguments(inputSchema, {}).length === 0).toBe(judge(inputSchema, {})?.length === 0);
    },
  );
});
