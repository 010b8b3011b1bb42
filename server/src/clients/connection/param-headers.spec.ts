import { headeredParams, paramHeaders } from './param-headers.js';

const schema = (properties: object) => ({ type: 'object', properties });
const region = { type: 'string', 'x-mcp-header': 'Region' };

describe('arguments that travel as headers', () => {
  it('finds annotated properties at any depth of properties', () => {
    const nested = schema({ region, place: schema({ floor: { type: 'integer', 'x-mcp-header': 'Floor' } }) });
    const params = headeredParams(nested)!;
    expect(paramHeaders(params, { region: 'eu', place: { floor: 3 } })).toEqual({
      'Mcp-Param-Region': 'eu',
      'Mcp-Param-Floor': '3',
    });
  });

  it('leaves out what is null or absent', () => {
    expect(paramHeaders(headeredParams(schema({ region }))!, { region: null })).toEqual({});
    expect(paramHeaders(headeredParams(schema({ region }))!, undefined)).toEqual({});
  });

  it.each(['好', ' padded ', 'line\nbreak', '', '=?base64?eA==?='])(
    'encodes %j, which a header cannot carry',
    (value) => {
      const [header] = Object.values(paramHeaders(headeredParams(schema({ region }))!, { region: value }));
      expect(header).toBe(`=?base64?${Buffer.from(value).toString('base64')}?=`);
    },
  );

  it.each([
    ['a name that is no token', schema({ a: { type: 'string', 'x-mcp-header': 'a b' } })],
    ['an object', schema({ a: { type: 'object', 'x-mcp-header': 'A' } })],
    ['a name used twice', schema({ a: region, b: { type: 'string', 'x-mcp-header': 'REGION' } })],
    ['a place inside items', schema({ a: { type: 'array', items: region } })],
    ['a place inside anyOf', { anyOf: [schema({ region })] }],
    ['the root', region],
  ])('refuses %s', (_what, invalid) => {
    expect(headeredParams(invalid)).toBeUndefined();
  });

  it('takes an argument that is itself named x-mcp-header for what it is', () => {
    expect(headeredParams(schema({ 'x-mcp-header': { type: 'string' } }))).toEqual([]);
  });
});
