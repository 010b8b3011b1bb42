import { llmApi, type LlmProvider } from '@gatehouse/api-client';
import { FakeServer, Refusal } from '../../../testing/fake-server';
import { LlmStore } from './llm-store';

const provider = { id: 'p1', version: 1 } as LlmProvider;

describe('testing a provider', () => {
  it('keeps how it ended', async () => {
    const result = { ok: false, durationMs: 80, error: { code: 'model_unavailable', message: '401', remedy: '' } };
    const store = new LlmStore(llmApi(new FakeServer({ 'POST /api/llm/providers/p1/test': () => result }).http));
    await store.test(provider);
    expect(store.tests().get('p1')).toEqual(result);
  });

  it('is not left running when it cannot be run', async () => {
    const server = new FakeServer({ 'POST /api/llm/providers/p1/test': () => new Refusal(503, 'shutting_down') });
    const store = new LlmStore(llmApi(server.http));
    await expect(store.test(provider)).rejects.toMatchObject({ code: 'shutting_down' });
    expect(store.tests().has('p1')).toBe(false);
  });
});
