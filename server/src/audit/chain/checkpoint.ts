import { createPublicKey, verify } from 'node:crypto';
import { canonical, type Value } from './chain-format.js';

/** A node's word that its chain had come this far. */
export interface Checkpoint {
  node: string;
  seq: number;
  /** Entries that were there, without those that were pruned. */
  entries: number;
  mac: string;
  /** Epoch milliseconds. */
  at: number;
  signature: string;
}

/** A node's word that its chain was pruned up to here. */
export interface Anchor {
  node: string;
  /** Last entry that is gone. */
  seq: number;
  mac: string;
  at: number;
  signer: string;
  signature: string;
}

export const checkpointValues = ({ node, seq, entries, mac, at }: Omit<Checkpoint, 'signature'>): Value[] => [
  'checkpoint v1',
  node,
  seq,
  entries,
  mac,
  at,
];

export const anchorValues = ({ node, seq, mac, at, signer }: Omit<Anchor, 'signature'>): Value[] => [
  'anchor v1',
  node,
  seq,
  mac,
  at,
  signer,
];

/** Whether `values` were signed with the private half of `publicKey` (SPKI, base64url). Never throws: these are foreign data. */
export function isSigned(values: readonly Value[], signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(canonical(values)), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
