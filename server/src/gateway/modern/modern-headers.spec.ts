import { modernHeaders } from './modern-headers.js';

const meta = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } };

describe('the headers that a message would have had', () => {
  it.each([
    ['tools/call', { name: 'echo' }, 'echo'],
    ['prompts/get', { name: 'hello' }, 'hello'],
    ['resources/read', { uri: 'file:///a' }, 'file:///a'],
    ['tasks/cancel', { taskId: 't1' }, 't1'],
    ['tools/call', { name: '天气' }, '=?base64?5aSp5rCU?='],
    ['tools/list', { name: 'not what it is about' }, undefined],
    ['tools/call', { name: 7 }, undefined],
  ])('%s %j', (method, params, name) => {
    const headers = modernHeaders({ jsonrpc: '2.0', id: 1, method, params: { ...params, ...meta } });
    expect(headers['mcp-name']).toBe(name);
    expect(headers).toMatchObject({ 'mcp-method': method, 'mcp-protocol-version': '2026-07-28' });
  });

  it.each([{}, { method: 1 }, { method: 'x', params: null }, { method: 'a\r\nb: c', params: { _meta: 'x' } }])(
    'can be sent, whatever the message is: %j',
    (message) => expect(() => new Headers(modernHeaders(message))).not.toThrow(),
  );
});
