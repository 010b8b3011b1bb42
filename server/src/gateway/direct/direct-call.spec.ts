import { directCallOf, directListOf } from './direct-call.js';

const VERSION = '2026-07-28';
const META = {
  'io.modelcontextprotocol/protocolVersion': VERSION,
  'io.modelcontextprotocol/clientCapabilities': {},
};
const HEADERS = {
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': VERSION,
  'mcp-method': 'tools/call',
  'mcp-name': 'echo',
};

const call = (params: object = {}, message: object = {}): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'echo', arguments: { text: 'x' }, ...params },
  ...message,
});
const modern = (meta: object = {}, params: object = {}): object => call({ _meta: { ...META, ...meta }, ...params });
const capable = (capabilities: unknown): object =>
  modern({ 'io.modelcontextprotocol/clientCapabilities': capabilities });

describe('a tool call that is answered past the SDK', () => {
  it.each([
    ['one of a session', call()],
    ['without arguments', call({ arguments: undefined })],
    ['that wants to hear of progress', call({ _meta: { progressToken: 'p' } })],
    ['with words of its own', call({ _meta: { 'example.com/trace': 1 } })],
    ['with an id that is a text', call({}, { id: 'one' })],
  ])('is %s', (_, body) => expect(directCallOf(body, {})?.era).toBe('legacy'));

  it.each([
    ['a plain one', modern()],
    ['with a trace', modern({ traceparent: '00-0-0-00' })],
    ['of a client that says its name', modern({ 'io.modelcontextprotocol/clientInfo': { name: 'a', version: '1' } })],
    ['of one that can be asked', capable({ elicitation: { form: {}, url: {} }, sampling: {} })],
    ['of one that renders apps', capable({ extensions: { 'io.modelcontextprotocol/ui': {} } })],
  ])('is, since 2026-07-28, %s', (_, body) => expect(directCallOf(body, HEADERS)?.era).toBe('modern'));

  it.each([
    ['nothing', undefined],
    ['a batch', [call()]],
    ['another method', call({}, { method: 'tools/list' })],
    ['a notification', call({}, { id: undefined })],
    ['an id that is null', call({}, { id: null })],
    ['an id that is no whole number', call({}, { id: 1.5 })],
    ['another JSON-RPC', call({}, { jsonrpc: '1.0' })],
    ['a key that no message has', call({}, { extra: 1 })],
    ['no name', call({ name: undefined })],
    ['a name that is no text', call({ name: 1 })],
    ['arguments that are a list', call({ arguments: [] })],
    ['arguments that are null', call({ arguments: null })],
    ['a wish for a task', call({ task: { ttl: 1 } })],
    ['answers to questions', call({ inputResponses: {} })],
    ['a state', call({ requestState: 's' })],
    ['a token that is an object', call({ _meta: { progressToken: {} } })],
    ['half of an envelope', call({ _meta: { 'io.modelcontextprotocol/protocolVersion': VERSION } })],
  ])('is not %s', (_, body) => {
    expect(directCallOf(body, {})).toBeUndefined();
    expect(directCallOf(body, HEADERS)).toBeUndefined();
  });

  it.each([
    ['another revision', modern({ 'io.modelcontextprotocol/protocolVersion': '2027-01-01' })],
    ['a wish for logs', modern({ 'io.modelcontextprotocol/logLevel': 'info' })],
    ['a wish for progress', modern({ progressToken: 1 })],
    ['a key of the protocol that nobody knows', modern({ 'io.modelcontextprotocol/new': 1 })],
    ['a name of the client that is none', modern({ 'io.modelcontextprotocol/clientInfo': { name: 1, version: '1' } })],
    ['capabilities that are none', capable(null)],
    ['capabilities of another shape', capable({ elicitation: { form: true } })],
    ['a client that takes tasks', capable({ extensions: { 'io.modelcontextprotocol/tasks': {} } })],
  ])('is not, since 2026-07-28, one with %s', (_, body) => expect(directCallOf(body, HEADERS)).toBeUndefined());

  it.each([
    ['say no version', { ...HEADERS, 'mcp-protocol-version': undefined }],
    ['say another version', { ...HEADERS, 'mcp-protocol-version': '2025-11-25' }],
    ['say another method', { ...HEADERS, 'mcp-method': 'tools/list' }],
    ['say another tool', { ...HEADERS, 'mcp-name': 'other' }],
    ['say the tool in base64', { ...HEADERS, 'mcp-name': '=?base64?ZWNobw==?=' }],
    ['take no stream', { ...HEADERS, accept: 'application/json' }],
  ])('is not one whose headers %s', (_, headers) => expect(directCallOf(modern(), headers)).toBeUndefined());

  it('is not one of a session under a version that has none', () => {
    expect(directCallOf(call(), { 'mcp-protocol-version': VERSION })).toBeUndefined();
  });
});

describe('a list of tools that is answered past the SDK', () => {
  const LISTING = { ...HEADERS, 'mcp-method': 'tools/list', 'mcp-name': undefined };
  const list = (params: unknown, message: object = {}): object => ({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/list', params },
    ...message,
  });

  it('is a plain one since 2026-07-28', () =>
    expect(directListOf(list({ _meta: META }), LISTING)).toEqual({ id: 1, params: { _meta: META } }));

  it.each([
    ['of a session', list({}), LISTING],
    ['without parameters', list(undefined), LISTING],
    ['with a cursor', list({ _meta: META, cursor: 'x' }), LISTING],
    ['with a wish for progress', list({ _meta: { ...META, progressToken: 1 } }), LISTING],
    ['of another method', list({ _meta: META }, { method: 'prompts/list' }), LISTING],
    ['without an id', list({ _meta: META }, { id: undefined }), LISTING],
    ['whose headers say another method', list({ _meta: META }), { ...LISTING, 'mcp-method': 'tools/call' }],
    ['whose headers name a tool', list({ _meta: META }), { ...LISTING, 'mcp-name': 'echo' }],
    ['whose headers take no stream', list({ _meta: META }), { ...LISTING, accept: 'application/json' }],
  ])('is not one %s', (_, body, headers) => expect(directListOf(body, headers)).toBeUndefined());
});
