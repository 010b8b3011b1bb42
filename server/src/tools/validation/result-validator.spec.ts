import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError, RequestContext } from '../../platform/index.js';
import { ResultValidator, isPromising } from './result-validator.js';
import { SchemaChecker } from './schema-checker.js';
import type { Schema } from './schema-limits.js';

const checker = new SchemaChecker();
const results = new ResultValidator(checker);
afterAll(() => checker.onApplicationShutdown());

const plain: Schema = {
  type: 'object',
  properties: { celsius: { type: 'number' }, sky: { enum: ['blue', 'grey'] } },
  required: ['celsius'],
  additionalProperties: false,
};
const linked: Schema = { ...plain, $defs: { degrees: { type: 'number' } } };
/** Two thousand objects compared with each other cost more than a check may. */
const comparing: Schema = { type: 'object', properties: { list: { type: 'array', uniqueItems: true } } };
const manyObjects = Array.from({ length: 12_000 }, (_, at) => ({ at, pad: ['x'] }));

const tool = (outputSchema: Schema) => ({ name: 'probe', outputSchema });
const answer = (structuredContent: unknown): CallToolResult => ({ content: [], structuredContent });

/** What the caller is told; undefined when the result is passed on. */
const refusal = (outputSchema: Schema, result: CallToolResult): Promise<AppError | undefined> =>
  results.check(tool(outputSchema), result).then(
    () => undefined,
    (error: unknown) => error as AppError,
  );
const refusalOf = (outputSchema: Schema, structured: unknown) => refusal(outputSchema, answer(structured));

describe('results of a tool that says how they look', () => {
  it.each([
    ['here', plain],
    ['in the thread', linked],
  ])('pass when they fit, and are an error when they do not, checked %s', async (_, schema) => {
    expect(await refusalOf(schema, { celsius: 21, sky: 'blue' })).toBeUndefined();
    const wrong: [unknown, string][] = [
      [{ celsius: 'warm' }, 'structuredContent.celsius must be number'],
      [{}, 'structuredContent.celsius is required'],
      [{ celsius: 21, wind: 3 }, 'structuredContent.wind is not declared'],
      [[21], 'structuredContent must be object'],
      [null, 'structuredContent must be object'],
    ];
    for (const [structured, cause] of wrong) {
      expect(await refusalOf(schema, structured)).toMatchObject({
        code: 'tool_result_invalid',
        details: { tool: 'probe', cause },
      });
    }
  });

  it('are an error when there is nothing structured in them', async () => {
    const error = await refusal(plain, { content: [{ type: 'text', text: '{"celsius":21}' }] });
    expect(error).toMatchObject({ code: 'tool_result_invalid', details: { cause: 'structuredContent is missing' } });
  });

  it('may be anything where the tool itself failed', async () => {
    expect(await refusal(plain, { content: [], isError: true })).toBeUndefined();
    expect(await refusal(plain, { ...answer({ celsius: 'warm' }), isError: true })).toBeUndefined();
  });

  it('may be what a modern service promises, if that is no object', async () => {
    const list: Schema = { type: 'array', items: { type: 'number' } };
    expect(await refusalOf(list, [1, 2])).toBeUndefined();
    expect(await refusalOf(list, ['1'])).toMatchObject({ code: 'tool_result_invalid' });
  });

  it('say it in the language of the caller', async () => {
    const context = { ...RequestContext.current(), language: 'zh' as const };
    const error = await RequestContext.run(context, () => refusalOf(plain, {}));
    expect(error?.text('zh').message).toContain('structuredContent.celsius 为必填项');
  });

  it('cannot put words of any length, or for a terminal, into the message', async () => {
    const error = await refusalOf(plain, { celsius: 1, [`\u001b[31m${'x'.repeat(10_000)}`]: 1 });
    expect(String(error?.details['cause'])).toMatch(/^structuredContent\.x{50,250}… is not declared$/);
  });

  it('that cannot be checked are not passed on, and nobody is told to call again', async () => {
    const error = await refusalOf(comparing, { list: manyObjects });
    expect(error).toMatchObject({ code: 'tool_result_invalid', details: { cause: 'checking takes too long' } });
    const full = new ResultValidator({
      check: () => Promise.reject(new AppError('queue_full', { details: { seconds: 5 } })),
    } as unknown as SchemaChecker);
    await expect(full.check(tool(plain), answer({}))).rejects.toMatchObject({ code: 'tool_result_invalid' });
  });

  it.each([
    ['a reference to the network', { $ref: 'http://169.254.169.254/latest/schema.json' }],
    ['a look-ahead', { type: 'object', properties: { x: { type: 'string', pattern: '^(?=a)b' } } }],
    ['a broken keyword', { type: 'object', required: 'city' }],
    ['too many parts', { enum: Array.from({ length: 2_000 }, (_, at) => ({ at })) }],
  ])('cannot be promised by a schema with %s: the tool is refused before it is called', async (_, schema) => {
    await expect(results.prepare(tool(schema))).rejects.toMatchObject({
      code: 'tool_schema_unusable',
      details: { cause: expect.stringMatching(/^output schema: /) },
    });
    expect(await refusalOf(schema, {})).toMatchObject({ code: 'tool_result_invalid' });
  });

  it('are promised by tools with an output schema only', async () => {
    expect(isPromising({})).toBe(false);
    expect(isPromising(tool(plain))).toBe(true);
    await expect(results.prepare(tool(linked))).resolves.toBeUndefined();
  });
});
