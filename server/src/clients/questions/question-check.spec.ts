import { checkQuestion, isOpenable } from './question-check.js';

const form = { message: 'm', requestedSchema: { type: 'object' } };

describe('a question of a service', () => {
  it('keeps every key but those that are about its own hop', () => {
    const params = {
      ...form,
      'x-vendor': 1,
      task: { ttl: 1 },
      _meta: { progressToken: 1, 'io.modelcontextprotocol/related-task': { taskId: 't' }, 'example.com/a': 2 },
    };
    expect(checkQuestion('elicitation/create', params)).toEqual({
      method: 'elicitation/create',
      params: { ...form, 'x-vendor': 1, _meta: { 'example.com/a': 2 } },
    });
    expect(checkQuestion('roots/list', undefined)).toEqual({ method: 'roots/list', params: {} });
  });

  it.each([
    ['another method', 'tools/call', {}],
    ['no method', undefined, {}],
    ['params that are a list', 'roots/list', []],
    ['a form without a message', 'elicitation/create', { requestedSchema: {} }],
    ['a form without a schema', 'elicitation/create', { message: 'm' }],
    ['a schema over 64 KiB', 'elicitation/create', { ...form, requestedSchema: { title: 'x'.repeat(65 * 1024) } }],
    ['a message over 64 KiB', 'elicitation/create', { ...form, message: 'x'.repeat(65 * 1024) }],
    ['an unknown mode', 'elicitation/create', { ...form, mode: 'telepathy' }],
    [
      'an id that is none',
      'elicitation/create',
      { mode: 'url', message: 'm', url: 'https://a.example', elicitationId: 7 },
    ],
    ['messages that are no list', 'sampling/createMessage', { messages: 'hi' }],
    ['more than 1 MiB', 'sampling/createMessage', { messages: ['x'.repeat(1024 * 1024)] }],
  ])('is refused with %s', (_what, method, params) => {
    expect(() => checkQuestion(method, params)).toThrow(expect.objectContaining({ name: 'QuestionRefused' }));
  });
});

describe('an address that a person is shown to open', () => {
  it.each([
    'https://example.com/a?b=c#d',
    'https://[2001:db8::1]/',
    'http://localhost:3000/cb',
    'http://127.0.0.1/',
    'http://127.9.9.9:80/',
    'http://[::1]:8080/',
  ])('may be %s', (url) => expect(isOpenable(url)).toBe(true));

  it.each([
    'http://example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://user@example.com/',
    'https://user:secret@example.com/',
    '//example.com',
    'nowhere',
    '',
    `https://example.com/${'x'.repeat(9_000)}`,
    7,
    undefined,
  ])('may not be %s', (url) => expect(isOpenable(url)).toBe(false));
});
