import { ApiError, type TestCall, type TestCallResult, type Tool } from '@gatehouse/api-client';
import { checkArguments } from '../schema-form/check-arguments';
import { ToolCallStore } from './tool-call-store';

const tool: Tool = {
  name: 'sum',
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'number', maximum: 10 }, note: { type: 'string' } },
    required: ['a'],
  },
} as unknown as Tool;

const answer = (isError = false): TestCallResult => ({
  callId: 'c1',
  result: { content: [], isError },
  durationMs: 5,
  timing: { validateMs: 1, upstreamMs: 3 },
  messages: [],
});

function aStore(respond: (call: TestCall, signal?: AbortSignal) => Promise<TestCallResult> = async () => answer()) {
  const sent: TestCall[] = [];
  const api = {
    testCall: (_ref: string, call: TestCall, signal?: AbortSignal) => {
      sent.push(call);
      return respond(call, signal);
    },
  };
  const store = new ToolCallStore(
    api,
    async (schema, value) => checkArguments(schema, value),
    (key) => key,
  );
  store.choose(tool);
  return { store, sent };
}

describe('calling a tool from the test panel', () => {
  it('sends what the form says, with the types that the schema wants', async () => {
    const { store, sent } = aStore();
    store.edit({ a: '3', note: '4' });
    await store.run('s');
    expect(sent).toEqual([{ tool: 'sum', arguments: { a: 3, note: '4' } }]);
    expect(store.state()).toBe('answered');
  });

  it.each([
    ['a missing member', { a: '' }, '/a', 'services.misfit.required'],
    ['a value over the limit', { a: '11' }, '/a', 'services.misfit.maximum'],
    ['a text where a number belongs', { a: 'x' }, '/a', 'services.unreadable.not-a-number'],
  ])('sends nothing with %s and says so at the field', async (_, model, path, message) => {
    const { store, sent } = aStore();
    store.edit(model);
    await store.run('s');
    expect(sent).toEqual([]);
    expect(store.state()).toBe('unsent');
    expect(store.messages().get(path)).toBe(message);
  });

  it('takes over what was entered when the twin changes, both ways', () => {
    const { store } = aStore();
    store.edit({ a: '3', note: 'x' });
    store.show('json');
    expect(JSON.parse(store.text())).toEqual({ a: 3, note: 'x' });
    store.text.set('{"a": 5}');
    store.show('form');
    expect(store.start()).toEqual({ a: '5', note: '' });
  });

  it.each(['{"a": 5, "extra": true}', '{broken'])('stays JSON when the form would lose something of %s', (text) => {
    const { store } = aStore();
    store.show('json');
    store.text.set(text);
    store.show('form');
    expect(store.mode()).toBe('json');
    expect(store.onlyJson()).toBe(true);
    expect(store.text()).toBe(text);
  });

  it('never takes a tool’s own failure for a success', async () => {
    const { store } = aStore(async () => answer(true));
    store.edit({ a: '3' });
    await store.run('s');
    expect(store.state()).toBe('tool-error');
  });

  it('puts the server’s word on a field at that field', async () => {
    const refusal = { code: 'arguments_invalid' as const, message: 'm', fields: [{ path: 'a', message: 'too odd' }] };
    const { store } = aStore(async () => Promise.reject(new ApiError(refusal, 400)));
    store.edit({ a: '3' });
    await store.run('s');
    expect(store.state()).toBe('failed');
    expect(store.messages().get('/a')).toBe('too odd');
  });

  it('says cancelled, not failed, when the person stops the call', async () => {
    const { store } = aStore(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        }),
    );
    store.edit({ a: '3' });
    const call = store.run('s');
    await Promise.resolve().then(() => undefined);
    while (store.state() !== 'running') await Promise.resolve();
    store.cancel();
    await call;
    expect(store.state()).toBe('cancelled');
  });
});
