import { callerMeta } from './caller-meta.js';

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('the caller’s _meta on its way to a service', () => {
  it('keeps what is the caller’s own', () => {
    const own = { 'example.com/a': [1, { b: null }], traceparent: trace, tracestate: 'a=1,b=2', baggage: 'k=v;p=1' };
    expect(callerMeta(own)).toEqual(own);
    expect(callerMeta(undefined)).toEqual({});
  });

  it('leaves out what describes the other hop', () => {
    const hop = {
      progressToken: 1,
      'io.modelcontextprotocol/clientInfo': {},
      'io.modelcontextprotocol/logLevel': 'debug',
    };
    expect(callerMeta(hop)).toEqual({});
  });

  it.each([
    ['too short', { traceparent: trace.slice(1) }],
    ['version ff', { traceparent: `ff${trace.slice(2)}` }],
    ['no trace', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    ['no parent', { traceparent: `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01` }],
    ['capital letters', { traceparent: trace.toUpperCase() }],
    ['a line break', { traceparent: `${trace}\r\nX-Evil: 1` }],
    ['no text', { traceparent: 1 }],
    ['a state without a trace', { tracestate: 'a=1' }],
    ['baggage over 8 KiB', { baggage: 'x'.repeat(8_193) }],
    ['baggage with a line break', { baggage: 'a=1\nX-Evil: 1' }],
  ])('leaves out a trace that is none: %s', (_what, meta) => expect(callerMeta(meta)).toEqual({}));

  it('leaves out a state that could not be a header, not the trace', () => {
    expect(callerMeta({ traceparent: trace, tracestate: 'a=b\r\nX-Evil: 1' })).toEqual({ traceparent: trace });
    expect(callerMeta({ traceparent: trace, tracestate: 'x'.repeat(513) })).toEqual({ traceparent: trace });
  });
});
