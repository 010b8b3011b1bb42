import type { Http, Query } from './http.js';
import type { EmbedApp, EmbedAppChange, EmbedAppCreated, EmbedAppDraft, Page } from './types.js';

const app = (appId: string) => `/api/embed/apps/${encodeURIComponent(appId)}`;

/** The applications that may embed the chat. */
export const embedApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<EmbedApp>>('/api/embed/apps', query, signal),
  create: (draft: EmbedAppDraft) => http.post<EmbedAppCreated>('/api/embed/apps', draft),
  change: (appId: string, change: EmbedAppChange) => http.put<EmbedApp>(app(appId), change),
  remove: (appId: string) => http.delete(app(appId)),
  rotateSecret: (appId: string) => http.post<EmbedAppCreated>(`${app(appId)}/secret`),
});

export type EmbedApi = ReturnType<typeof embedApi>;
