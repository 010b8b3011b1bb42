import { ApiKeyRecord } from './api-keys/api-key.entity.js';
import { AccountEpoch } from './directory/account-epoch.entity.js';
import { EmbedAppRecord, EmbedSessionRecord } from './embed/embed.entity.js';
import { GroupRecord, MembershipRecord } from './groups/group.entity.js';
import { RoleAssignment, RoleRecord } from './roles/role.entity.js';
import { SessionRecord } from './sessions/session.entity.js';
import { UserRecord } from './users/user.entity.js';

/** The tables of this module. */
export const AUTH_ENTITIES = [
  AccountEpoch,
  UserRecord,
  RoleRecord,
  RoleAssignment,
  GroupRecord,
  MembershipRecord,
  SessionRecord,
  ApiKeyRecord,
  EmbedAppRecord,
  EmbedSessionRecord,
];
