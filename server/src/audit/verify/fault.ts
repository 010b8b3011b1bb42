/** What can be wrong with a chain. */
export type FaultKind =
  | 'entry-missing'
  | 'entry-altered'
  | 'entry-foreign'
  | 'record-missing'
  | 'record-altered'
  | 'record-unchained'
  | 'truncated'
  | 'checkpoint-forged'
  | 'anchor-forged'
  | 'gap-forged'
  | 'node-altered'
  | 'key-missing';

/** The first thing that is wrong with a node's chain, or with what belongs to no chain. */
export interface Fault {
  /** Undefined for what belongs to no node. */
  node?: string;
  /** First number in the chain that is not as it was written; undefined where there is none. */
  seq?: number;
  kind: FaultKind;
  /** In words, for an operator. */
  what: string;
}

/** Ends the look at one node. */
export class ChainBroken extends Error {
  constructor(readonly fault: Fault) {
    super(fault.what);
  }
}
