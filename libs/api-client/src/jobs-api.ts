import type { Http, Query } from './http.js';
import type { Job, JobDetail, Page } from './types.js';

/** Work that goes on after the request that asked for it. */
export const jobsApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Job>>('/api/jobs', query, signal),
  get: (jobId: string, signal?: AbortSignal) =>
    http.get<JobDetail>(`/api/jobs/${encodeURIComponent(jobId)}`, {}, signal),
  cancel: (jobId: string) => http.post<JobDetail>(`/api/jobs/${encodeURIComponent(jobId)}/cancel`),
});

export type JobsApi = ReturnType<typeof jobsApi>;
