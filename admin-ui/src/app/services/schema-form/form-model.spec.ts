import { CORPUS } from './spec/corpus';
import { judge } from './spec/judge';
import type { FieldPlan } from './field-plan';
import { readModel, showValue, startModel, type FormModel } from './form-model';
import type { JsonSchema } from './json-schema';
import { planForm } from './plan-form';

describe.each(CORPUS)('the form of $name', ({ inputSchema }) => {
  const plan = planForm(inputSchema);

  it('starts without a wrong entry', () => {
    expect(readModel(plan, startModel(plan)).problems).toEqual([]);
  });

  it('makes arguments that its schema accepts once every field is filled', () => {
    const { value, problems } = readModel(plan, fill(plan, inputSchema));
    expect(problems).toEqual([]);
    expect(judge(inputSchema, value) ?? []).toEqual([]);
  });

  it('shows what it made, losing nothing', () => {
    const { value } = readModel(plan, fill(plan, inputSchema));
    const model = showValue(plan, value);
    expect(model).toBeDefined();
    expect(readModel(plan, model).value).toEqual(value);
  });
});

describe('reading a form', () => {
  const read = (schema: JsonSchema, model: FormModel) => readModel(planForm(schema), model);
  const one = (member: JsonSchema, required = false): JsonSchema => ({
    type: 'object',
    properties: { a: member },
    required: required ? ['a'] : [],
  });

  it.each(['0x10', '1,5', 'Infinity', '1e', ' 1 2', '01'])('refuses %s as a number', (text) => {
    expect(read(one({ type: 'number' }), { a: text }).problems).toEqual([{ path: '/a', code: 'not-a-number' }]);
  });

  it('refuses a whole number that JavaScript would change on its way', () => {
    expect(read(one({ type: 'integer' }), { a: '9007199254740993' }).problems).toEqual([
      { path: '/a', code: 'number-too-large' },
    ]);
  });

  it('refuses a fraction where a whole number is wanted', () => {
    expect(read(one({ type: 'integer' }), { a: '1.5' }).problems).toEqual([{ path: '/a', code: 'not-an-integer' }]);
  });

  it('never turns digits in a text field into a number', () => {
    expect(read(one({ type: 'string' }), { a: '42' }).value).toEqual({ a: '42' });
  });

  it('leaves an untouched optional object out instead of sending an empty one', () => {
    const inner = { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] };
    expect(read(one(inner), { a: { b: '' } }).value).toEqual({});
  });

  it('sends null where the schema needs a value and an empty field means null', () => {
    expect(read(one({ type: ['string', 'null'] }, true), { a: '' }).value).toEqual({ a: null });
  });

  it('tells an optional yes or no that was not answered from no', () => {
    expect(read(one({ type: 'boolean' }), { a: '' }).value).toEqual({});
    expect(read(one({ type: 'boolean' }), { a: 'false' }).value).toEqual({ a: false });
  });

  it('names the place of JSON that is broken', () => {
    expect(read(one({}), { a: '{oops' }).problems).toEqual([{ path: '/a', code: 'not-json' }]);
  });

  it('does not show a value that holds more than the form asks for', () => {
    expect(showValue(planForm(one({ type: 'string' })), { a: 'x', extra: 1 })).toBeUndefined();
  });

  it('starts with the defaults of the schema', () => {
    expect(startModel(planForm(one({ type: 'integer', default: 7 })))).toEqual({ a: '7' });
  });
});

describe('planning', () => {
  it.each<[string, JsonSchema, string]>([
    ['additionalProperties', { type: 'object', additionalProperties: { type: 'string' } }, 'free-form'],
    ['if/then', { type: 'object', properties: {}, if: {}, then: {} }, 'conditional'],
    ['prefixItems', { type: 'array', prefixItems: [{ type: 'string' }] }, 'tuple'],
    ['no type', { description: 'anything' }, 'untyped'],
    ['several types', { type: ['string', 'number'] }, 'mixed-types'],
    ['a reference into the web', { $ref: 'https://example.com/s.json' }, 'reference'],
  ])('asks for JSON where a form would lose %s', (_, member, reason) => {
    const plan = planForm({ type: 'object', properties: { a: member } });
    expect(plan).toMatchObject({ members: [{ plan: { kind: 'json', reason } }] });
  });

  it('keeps members that name the prototype out of the form', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}') as JsonSchema;
    expect(planForm(schema)).toMatchObject({ kind: 'json' });
  });

  it('keeps at least nine of ten tools free of a form that is JSON as a whole', () => {
    const whole = CORPUS.filter(({ inputSchema }) => planForm(inputSchema).kind === 'json');
    expect(whole.length / CORPUS.length).toBeLessThan(0.1);
  });
});

/** Fills a form as a diligent person would: every field, the values that only JSON can say from `ANSWERS`. */
function fill(plan: FieldPlan, schema: JsonSchema, name = ''): FormModel {
  switch (plan.kind) {
    case 'group':
      return Object.fromEntries(plan.members.map((one) => [one.name, fill(one.plan, schema, one.name)]));
    case 'list':
      return Array.from({ length: Math.max(1, plan.minItems) }, () => fill(plan.item, schema, name));
    case 'variant':
      return { chosen: '0', shapes: plan.variants.map((variant) => fill(variant.plan, schema, name)) };
    case 'choices':
      return { 0: true };
    case 'choice':
      return '0';
    case 'boolean':
      return 'true';
    case 'number':
      return String(plan.minimum ?? 1);
    case 'constant':
      return '';
    case 'json':
      return JSON.stringify(ANSWERS[name] ?? (name === '' ? { mode: 'file', path: '/tmp/a' } : { a: 'b' }));
    case 'text':
      return TEXTS[plan.format ?? name] ?? 'text';
  }
}

const ANSWERS: Record<string, unknown> = {
  range: [1, 2],
  pair: ['a', 1],
  value: 'x',
  id: 7,
  children: { name: 'leaf' },
};
const TEXTS: Record<string, string> = {
  uri: 'https://example.com',
  'date-time': '2026-01-01T00:00:00Z',
  uuid: '8b0f4d2e-6a53-4b0e-9a3c-0d9d5f1d2c11',
  channel_id: 'C12345',
};
