import type { Http, Query } from './http.js';
import type { AdminEvent, Call, CallDetail, Overview, Page, UsageReport } from './types.js';

/** What happened: calls, the administration trail, statistics. */
export const auditApi = (http: Http) => ({
  calls: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Call>>('/api/audit/calls', query, signal),
  call: (callId: string, signal?: AbortSignal) =>
    http.get<CallDetail>(`/api/audit/calls/${encodeURIComponent(callId)}`, {}, signal),
  events: (query: Query = {}, signal?: AbortSignal) => http.get<Page<AdminEvent>>('/api/audit/events', query, signal),
  usage: (query: Query, signal?: AbortSignal) => http.get<UsageReport>('/api/usage', query, signal),
  overview: (signal?: AbortSignal) => http.get<Overview>('/api/overview', {}, signal),
});

export type AuditApi = ReturnType<typeof auditApi>;
