import type { Http, Query } from './http.js';
import type {
  Group,
  GroupChange,
  GroupDraft,
  Member,
  Page,
  Role,
  RoleDraft,
  User,
  UserChange,
  UserDraft,
} from './types.js';

const id = encodeURIComponent;

/** Users, groups with their members, roles. */
export const peopleApi = (http: Http) => ({
  users: (query: Query = {}, signal?: AbortSignal) => http.get<Page<User>>('/api/users', query, signal),
  createUser: (draft: UserDraft) => http.post<User>('/api/users', draft),
  changeUser: (userId: string, change: UserChange) => http.put<User>(`/api/users/${id(userId)}`, change),
  deleteUser: (userId: string) => http.delete(`/api/users/${id(userId)}`),

  groups: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Group>>('/api/groups', query, signal),
  createGroup: (draft: GroupDraft) => http.post<Group>('/api/groups', draft),
  changeGroup: (groupId: string, change: GroupChange) => http.put<Group>(`/api/groups/${id(groupId)}`, change),
  deleteGroup: (groupId: string) => http.delete(`/api/groups/${id(groupId)}`),
  members: (groupId: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<Member>>(`/api/groups/${id(groupId)}/members`, query, signal),
  addMember: (groupId: string, userId: string) => http.post<Member>(`/api/groups/${id(groupId)}/members`, { userId }),
  removeMember: (groupId: string, userId: string) => http.delete(`/api/groups/${id(groupId)}/members/${id(userId)}`),

  roles: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Role>>('/api/roles', query, signal),
  createRole: (draft: RoleDraft) => http.post<Role>('/api/roles', draft),
  changeRole: (name: string, draft: RoleDraft) => http.put<Role>(`/api/roles/${id(name)}`, draft),
  deleteRole: (name: string) => http.delete(`/api/roles/${id(name)}`),
});

export type PeopleApi = ReturnType<typeof peopleApi>;
