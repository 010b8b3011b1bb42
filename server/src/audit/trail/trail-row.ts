import { randomUUID } from 'node:crypto';
import { RequestContext, type AdminChange, type SecretBox } from '../../platform/index.js';
import { trailMac } from '../chain/chain-keys.js';
import { mask } from '../mask.js';
import { trailValues } from './trail-columns.js';
import type { TrailEntry } from './trail-entry.entity.js';

type TrailRow = Omit<TrailEntry, 'changes'> & { changes: Record<string, never> | null };

/** The row of an administrative change that is made now, with the MAC that says it is ours until it is sealed. */
export function trailRow(change: AdminChange, at: Date, box: SecretBox): TrailRow {
  const { ip, requestId } = RequestContext.current();
  const entry = {
    id: randomUUID(),
    at,
    actorId: change.actor?.id ?? null,
    actorLabel: change.actor?.label ?? null,
    action: change.action,
    targetKind: change.target.kind,
    targetId: change.target.id,
    targetName: change.target.name.slice(0, 254),
    changes: (mask(change.changes ?? null) as Record<string, never> | null) ?? null,
    ip,
    requestId,
  };
  return { ...entry, mac: trailMac(box, trailValues(entry)), mark: null };
}
