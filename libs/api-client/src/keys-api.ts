import type { Http, Query } from './http.js';
import type { ApiKey, ApiKeyCreated, ApiKeyDraft, Page } from './types.js';

/** API keys. */
export const keysApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<ApiKey>>('/api/auth/api-keys', query, signal),
  create: (draft: ApiKeyDraft) => http.post<ApiKeyCreated>('/api/auth/api-keys', draft),
  revoke: (keyId: string) => http.delete(`/api/auth/api-keys/${encodeURIComponent(keyId)}`),
});

export type KeysApi = ReturnType<typeof keysApi>;
