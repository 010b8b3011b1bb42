import type { Http, Query } from './http.js';
import type { Page, Profile, ProfileChange, ProfileDraft, ProfileTokens } from './types.js';

const ROOT = '/api/mcp/profiles';
/** `ref`: a profile's id or slug. */
const at = (ref: string, ...rest: string[]) => [ROOT, ...[ref, ...rest].map(encodeURIComponent)].join('/');

/** Curated sets of tools with endpoints of their own. */
export const profilesApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Profile>>(ROOT, query, signal),
  create: (draft: ProfileDraft) => http.post<Profile>(ROOT, draft),
  change: (ref: string, change: ProfileChange) => http.put<Profile>(at(ref), change),
  remove: (ref: string) => http.delete(at(ref)),
  tokens: (ref: string, signal?: AbortSignal) => http.get<ProfileTokens>(at(ref, 'tokens'), {}, signal),
});

export type ProfilesApi = ReturnType<typeof profilesApi>;
