import type { Http, Query } from './http.js';
import type { LlmModel, LlmProvider, LlmProviderChange, LlmProviderDraft, LlmTestResult, Page } from './types.js';

const ROOT = '/api/llm/providers';
const at = (providerId: string) => `${ROOT}/${encodeURIComponent(providerId)}`;

/** Language model providers. */
export const llmApi = (http: Http) => ({
  providers: (query: Query = {}, signal?: AbortSignal) => http.get<Page<LlmProvider>>(ROOT, query, signal),
  create: (draft: LlmProviderDraft) => http.post<LlmProvider>(ROOT, draft),
  change: (providerId: string, change: LlmProviderChange) => http.put<LlmProvider>(at(providerId), change),
  remove: (providerId: string) => http.delete(at(providerId)),
  test: (providerId: string) => http.post<LlmTestResult>(`${at(providerId)}/test`, {}),
  models: (signal?: AbortSignal) => http.get<{ items: LlmModel[] }>('/api/llm/models', {}, signal),
});

export type LlmApi = ReturnType<typeof llmApi>;
