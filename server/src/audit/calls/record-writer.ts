import type { ChainHead, EntryKind, Value } from '../chain/chain-format.js';

/**
 * One event of the record, as it goes to the database and into the chain.
 *
 * `intent` and `refusal` add a record: `values` are its opening and closing columns. `outcome` and `unknown` end one
 * that is still open, and do nothing where it is not: `values` are its closing columns. `trail` seals an administrative
 * change that is not sealed yet: `values` are what its row holds.
 */
export interface RecordWrite {
  event: EntryKind;
  id: string;
  values: Value[];
}

/** Where the events of this node's record go, each together with its entry in the chain. */
export abstract class RecordWriter {
  /**
   * Writes all or nothing; what it resolves for is durable. Not called again before its promise settled.
   *
   * @returns where the chain stands now
   * @throws what the database throws
   */
  abstract commit(writes: readonly RecordWrite[]): Promise<ChainHead>;

  /** Lets go of what it holds; nothing is under way any more. */
  abstract close(): Promise<void>;
}
