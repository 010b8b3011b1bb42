import type { Value } from './chain-format.js';
import type { Checkpoint } from './checkpoint.js';

/** A loss that somebody knows of: what followed entry `after` of a chain, up to what was signed at `newestAt`. */
export interface Gap {
  node: string;
  /** When it was declared, ms since the epoch. */
  at: number;
  /** Last entry that is there; 0 where nothing is. */
  after: number;
  /** Last entry that is known to have been there. */
  through: number;
  /** When the newest lost checkpoint was signed, ms since the epoch. */
  newestAt: number;
  reason: string;
  declaredBy: string;
  /** Node whose key signed it. */
  signer: string;
  signature: string;
}

export const gapValues = (gap: Omit<Gap, 'signature'>): Value[] => [
  'gap v1',
  gap.node,
  gap.at,
  gap.after,
  gap.through,
  gap.newestAt,
  gap.reason,
  gap.declaredBy,
  gap.signer,
];

/** Whether what a checkpoint speaks of is lost as declared: whatever was signed later is not. Pure. */
export const covers = (gap: Gap, { node, seq, at }: Pick<Checkpoint, 'node' | 'seq' | 'at'>): boolean =>
  gap.node === node && seq > gap.after && seq <= gap.through && at <= gap.newestAt;
