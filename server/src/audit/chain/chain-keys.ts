import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { SecretBox } from '../../platform/index.js';
import { canonical, type Value } from './chain-format.js';
import type { ChainNodeRow } from './chain-node.entity.js';

/** What a node's MACs are made with. Each node has its own: an entry of one chain is none of another. */
export const chainKey = (box: SecretBox, node: string, keyId: string): KeyObject =>
  createSecretKey(box.derive(`gatehouse audit chain v1 ${node}`, keyId));

/** MAC of a node's row, and what its first entry follows. */
export function nodeMac(row: Omit<ChainNodeRow, 'mac' | 'signingKey'>, box: SecretBox): string {
  const text = canonical([
    'node v1',
    row.id,
    row.createdAt.getTime(),
    Number(row.recordsBefore),
    row.publicKey,
    row.keyId,
  ]);
  return createHmac('sha256', chainKey(box, row.id, row.keyId))
    .update(text)
    .digest('base64url');
}

const trailMacWith = (box: SecretBox, keyId: string, values: readonly Value[]): string =>
  createHmac('sha256', box.derive('gatehouse audit trail v1', keyId)).update(canonical(values)).digest('base64url');

/** What proves that an administrative change was written by us, until it is sealed into a chain. */
export const trailMac = (box: SecretBox, values: readonly Value[]): string =>
  `${box.currentKeyId}:${trailMacWith(box, box.currentKeyId, values)}`;

/** Whether we wrote it. A root key that is not there any more proves nothing. */
export function isTrailMac(box: SecretBox, values: readonly Value[], mac: string | null): boolean {
  const [keyId, given] = mac?.split(':') ?? [];
  if (!keyId || !given) return false;
  try {
    const [a, b] = [Buffer.from(given), Buffer.from(trailMacWith(box, keyId, values))];
    return a.length === b.length && timingSafeEqual(a, b);
  } catch {
    return false;
  }
}
