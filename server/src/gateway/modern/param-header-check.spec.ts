import { encodeHeaderValue } from '../../clients/index.js';
import { paramHeaderMismatch } from './param-header-check.js';

const SCHEMA = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    size: { type: 'integer', 'x-mcp-header': 'Size' },
    dry: { type: 'boolean', 'x-mcp-header': 'Dry-Run' },
    deep: { type: 'object', properties: { id: { type: 'string', 'x-mcp-header': 'Deep' } } },
    plain: { type: 'string' },
  },
};
const check = (args: unknown, headers: Record<string, string>): string | undefined =>
  paramHeaderMismatch(SCHEMA, args, headers);

describe('the headers of a tool call', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['no argument that travels, and no header', { plain: 'x' }, {}],
    ['a null argument and no header', { region: null }, {}],
    ['plain text', { region: 'eu' }, { 'mcp-param-region': 'eu' }],
    ['text in base64', { region: '欧洲' }, { 'mcp-param-region': encodeHeaderValue('欧洲') }],
    ['text that only looks marked', { region: '=?base64?aGk=' }, { 'mcp-param-region': '=?base64?aGk=' }],
    ['a whole number', { size: 42 }, { 'mcp-param-size': '42' }],
    ['a whole number that is written with a fraction', { size: 42 }, { 'mcp-param-size': '42.0' }],
    ['yes or no', { dry: false }, { 'mcp-param-dry-run': 'false' }],
    ['an argument inside an object', { deep: { id: 'a' } }, { 'mcp-param-deep': 'a' }],
  ])('agree with the body: %s', (_, args, headers) => expect(check(args, headers)).toBeUndefined());

  it.each<[string, unknown, Record<string, string>, string]>([
    ['the header is missing', { region: 'eu' }, {}, 'is missing'],
    ['it says something else', { region: 'eu' }, { 'mcp-param-region': 'us' }, 'differs'],
    ['it differs in case', { region: 'eu' }, { 'mcp-param-region': 'EU' }, 'differs'],
    ['it was sent twice', { region: 'eu' }, { 'mcp-param-region': 'eu, us' }, 'differs'],
    ['text is compared as a number', { region: '42' }, { 'mcp-param-region': '42.0' }, 'differs'],
    ['the base64 is cut short', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVsbG8?=' }, 'base64'],
    ['the base64 has other letters', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVs!!!bG8=?=' }, 'base64'],
    ['the bytes are no UTF-8', { region: 'x' }, { 'mcp-param-region': '=?base64?/w==?=' }, 'base64'],
    ['the body has no such argument', {}, { 'mcp-param-region': 'eu' }, 'no such argument'],
    ['the argument is null', { region: null }, { 'mcp-param-region': 'eu' }, 'no such argument'],
    ['the argument is inherited', { deep: {} }, { 'mcp-param-deep': 'a' }, 'no such argument'],
    ['no argument of the tool is meant', { plain: 'x' }, { 'mcp-param-plain': 'x' }, 'no argument of this tool'],
  ])('contradict the body: %s', (_, args, headers, problem) => expect(check(args, headers)).toContain(problem));
});
