import type { LlmProvider } from '@gatehouse/api-client';
import { EMPTY_PROVIDER, KEPT, changeOf, draftOf, formOf, isComplete } from './provider-form';

const provider: LlmProvider = {
  id: 'p1',
  name: 'House models',
  kind: 'openai-compatible',
  baseUrl: 'https://llm.example/v1',
  model: 'qwen',
  models: ['qwen', 'deepseek'],
  hasKey: true,
  isDefault: true,
  contextTokens: 64_000,
  enabled: true,
  version: 4,
};

describe('the provider form', () => {
  it('keeps the stored key unless a new one is typed', () => {
    expect(changeOf(formOf(provider), provider)).toMatchObject({ apiKey: KEPT, version: 4 });
    expect(changeOf({ ...formOf(provider), apiKey: 'sk-1' }, provider).apiKey).toBe('sk-1');
  });

  it('names each model once, the default first', () =>
    expect(draftOf({ ...EMPTY_PROVIDER, model: 'qwen', others: 'deepseek\n\n qwen ' }).models).toEqual([
      'qwen',
      'deepseek',
    ]));

  it('takes the trailing slash from the address', () =>
    expect(draftOf({ ...EMPTY_PROVIDER, baseUrl: 'https://llm.example/v1/' }).baseUrl).toBe('https://llm.example/v1'));

  it('is complete with a name, an http address and a model', () => {
    expect(isComplete(formOf(provider))).toBe(true);
    expect(isComplete({ ...formOf(provider), baseUrl: 'llm.example' })).toBe(false);
    expect(isComplete({ ...formOf(provider), model: ' ' })).toBe(false);
  });
});
