import type { Http, Query } from './http.js';
import type { EffectiveLimits, Limit, LimitChange, LimitDefaults, LimitDraft, OwnLimits, Page } from './types.js';

const ROOT = '/api/mcp/limits';
const at = (id: string) => `${ROOT}/${encodeURIComponent(id)}`;

/** How often, how many at once, how many a day. */
export const limitsApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Limit>>(ROOT, query, signal),
  create: (draft: LimitDraft) => http.post<Limit>(ROOT, draft),
  change: (id: string, change: LimitChange) => http.put<Limit>(at(id), change),
  remove: (id: string) => http.delete(at(id)),
  defaults: (signal?: AbortSignal) => http.get<LimitDefaults>(`${ROOT}/defaults`, {}, signal),
  effective: (query: { user: string; service: string; tool?: string }, signal?: AbortSignal) =>
    http.get<EffectiveLimits>(`${ROOT}/effective`, query, signal),
  mine: (signal?: AbortSignal) => http.get<OwnLimits>(`${ROOT}/mine`, {}, signal),
});

export type LimitsApi = ReturnType<typeof limitsApi>;
