import fc from 'fast-check';
import { decodeHeaderValue, encodeHeaderValue, headeredParams, paramHeaders } from './param-headers.js';

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

describe('the code of header values', () => {
  const mark = fc.constantFrom('=?base64?', '?=', '=?base64?=', '=?', ' ', '\t', '\r\n', '\ufeff', '\u0000', 'a', '好');
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(mark).map((parts) => parts.join('')),
  );

  it('carries any text there and back, in characters that every header can hold', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const encoded = encodeHeaderValue(value);
        expect(encoded).toMatch(/^[\t\x20-\x7e]+$/);
        expect(encoded).toBe(encoded.trim());
        expect(decodeHeaderValue(encoded)).toBe(value);
      }),
    );
  });

  it.each(['eA', 'e A==', 'eA==eA==', '/w==', 'eA==\n', '=?base64?'])('refuses %j between the marks', (encoded) => {
    expect(decodeHeaderValue(`=?base64?${encoded}?=`)).toBeUndefined();
  });

  it('takes what carries no marks as it is', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        fc.pre(!(value.startsWith('=?base64?') && value.endsWith('?=')));
        expect(decodeHeaderValue(value)).toBe(value);
      }),
    );
  });

  it('reads no argument that was inherited', () => {
    const params = [{ path: ['constructor', 'name'], header: 'X' }];
    expect(paramHeaders(params, {})).toEqual({});
  });
});
