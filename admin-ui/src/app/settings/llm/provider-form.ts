import type { LlmKind, LlmProvider, LlmProviderChange, LlmProviderDraft } from '@gatehouse/api-client';

/** What the server shows instead of a stored key, and takes for "keep it". */
export const KEPT = '••••';

export interface ProviderForm {
  name: string;
  kind: LlmKind;
  baseUrl: string;
  model: string;
  /** Further models, one per line. */
  others: string;
  apiKey: string;
  contextTokens: number;
  enabled: boolean;
}

export const EMPTY_PROVIDER: ProviderForm = {
  name: '',
  kind: 'openai-compatible',
  baseUrl: '',
  model: '',
  others: '',
  apiKey: '',
  contextTokens: 32_000,
  enabled: true,
};

export const formOf = (provider: LlmProvider): ProviderForm => ({
  name: provider.name,
  kind: provider.kind,
  baseUrl: provider.baseUrl,
  model: provider.model,
  others: provider.models.filter((model) => model !== provider.model).join('\n'),
  apiKey: provider.hasKey ? KEPT : '',
  contextTokens: provider.contextTokens,
  enabled: provider.enabled,
});

/** The form as the server wants it: the default model is the first of all models, and none comes twice. */
export function draftOf(form: ProviderForm): LlmProviderDraft {
  const others = form.others.split('\n').map((line) => line.trim());
  const model = form.model.trim();
  return {
    name: form.name.trim(),
    kind: form.kind,
    baseUrl: form.baseUrl.trim().replace(/\/+$/, ''),
    model,
    models: [...new Set([model, ...others])].filter(Boolean),
    apiKey: form.apiKey,
    contextTokens: form.contextTokens,
    enabled: form.enabled,
  };
}

export const changeOf = (form: ProviderForm, provider: LlmProvider): LlmProviderChange => ({
  ...draftOf(form),
  version: provider.version,
});

export const isComplete = (form: ProviderForm): boolean =>
  !!form.name.trim() && /^https?:\/\/\S+$/.test(form.baseUrl.trim()) && !!form.model.trim() && form.contextTokens > 0;
