import type { CallRecord } from './call-record.entity.js';

/** A new row, or how a call ended. */
export type RecordWrite =
  { kind: 'insert'; row: CallRecord } | { kind: 'finish'; id: string; patch: Partial<CallRecord> };

/** Where the journal's rows go. */
export abstract class RecordWriter {
  /**
   * Writes all or nothing; what it resolves for is durable. Not called again before its promise settled.
   *
   * @throws what the database throws
   */
  abstract commit(writes: readonly RecordWrite[]): Promise<void>;

  /** Lets go of what it holds; nothing is under way any more. */
  abstract close(): Promise<void>;
}
