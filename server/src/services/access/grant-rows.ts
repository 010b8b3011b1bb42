import type { Grant } from '../../auth/index.js';
import type { GrantSubject } from './grant.dto.js';
import type { GrantColumns } from './grant.entity.js';

/** A grant as the access decision reads it, and who made it when. */
export interface StoredGrant extends Grant {
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

export const grantOf = (row: GrantColumns): StoredGrant => ({
  id: row.id,
  subject: row.subjectKind === 'everyone' ? { kind: 'everyone' } : { kind: row.subjectKind, id: row.subjectId },
  serviceId: row.serviceId,
  tool: row.tool === '' ? null : row.tool,
  effect: row.effect,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
});

/** What makes a grant the same as another of its service. */
export const keyOf = (grant: { subject: GrantSubject; tool?: string | null; effect: string }): string =>
  JSON.stringify([grant.subject.kind, grant.subject.id ?? '', grant.tool ?? '', grant.effect]);
