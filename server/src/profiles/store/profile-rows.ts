import { randomUUID } from 'node:crypto';
import type { ProfileDefinition, ProfileItem, StoredProfileGrant } from '../definition.js';
import type { ProfileGrantColumns } from './profile-grant.entity.js';
import type { ProfileItemColumns } from './profile-item.entity.js';
import type { ProfileRow } from './profile.entity.js';

/** Puts a profile together from its rows, the items in their order. Pure. */
export const profileOf = (
  row: ProfileRow,
  items: readonly ProfileItemColumns[],
  grants: readonly ProfileGrantColumns[],
): ProfileDefinition => ({
  ...row,
  items: items.toSorted((a, b) => a.position - b.position).map(itemOf),
  grants: grants.map(profileGrantOf),
});

const itemOf = ({ serviceId, serviceName, tool, alias, description, content, except }: ProfileItemColumns) => ({
  serviceId,
  serviceName,
  tool: tool === '' ? null : tool,
  alias,
  description,
  content,
  except,
});

export const itemRowOf = (profileId: string, item: ProfileItem, position: number): ProfileItemColumns => ({
  ...item,
  id: randomUUID(),
  profileId,
  position,
  tool: item.tool ?? '',
});

export const profileGrantOf = (row: ProfileGrantColumns): StoredProfileGrant => ({
  id: row.id,
  subject: row.subjectKind === 'everyone' ? { kind: 'everyone' } : { kind: row.subjectKind, id: row.subjectId },
  effect: row.effect,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
});
