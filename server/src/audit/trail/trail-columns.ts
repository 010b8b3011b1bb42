import type { Value } from '../chain/chain-format.js';
import type { TrailEntry } from './trail-entry.entity.js';

/** The columns of an administrative change that its entry in the chain covers, in the order of the digest. */
export const TRAIL = {
  id: 'id',
  at: 'at',
  actor_id: 'actorId',
  actor_label: 'actorLabel',
  action: 'action',
  target_kind: 'targetKind',
  target_id: 'targetId',
  target_name: 'targetName',
  changes: 'changes',
  ip: 'ip',
  request_id: 'requestId',
} as const satisfies Record<string, keyof TrailEntry>;

export const TRAIL_COLUMNS = Object.keys(TRAIL);

/** What the row of a change will hold. */
export const trailValues = (entry: Omit<TrailEntry, 'mac' | 'mark'>): Value[] => [
  entry.id,
  entry.at.getTime(),
  entry.actorId,
  entry.actorLabel,
  entry.action,
  entry.targetKind,
  entry.targetId,
  entry.targetName,
  entry.changes === null ? null : JSON.stringify(entry.changes),
  entry.ip,
  entry.requestId,
];
