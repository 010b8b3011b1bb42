import { extname } from 'node:path';
import type { DataSource } from 'typeorm';
import { DatabaseThread } from '../../platform/index.js';
import type { ChainHead } from '../chain/chain-format.js';
import type { ChainNode } from '../chain/chain-node.js';
import type { ChainTask } from './embedded-record-work.js';
import { OPENING_COLUMNS } from './record-columns.js';
import { ROW_SQL } from './record-sql.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

const WORK = new URL(`./embedded-record-work${extname(import.meta.url)}`, import.meta.url);

/** Writes to the embedded database, and computes the chain, in a thread of its own. */
export class EmbeddedRecordWriter extends RecordWriter {
  private readonly thread: DatabaseThread<string, ChainHead>;

  constructor(database: DataSource, { id, keyId, key, genesis }: ChainNode) {
    super();
    const task: ChainTask = {
      node: id,
      keyId,
      key,
      genesis,
      sql: ROW_SQL,
      openingColumns: OPENING_COLUMNS.length,
    };
    this.thread = DatabaseThread.embedded(database.options.database as string, WORK, task);
  }

  commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    // One text crosses to the thread several times faster than the many small values that it is made of.
    return this.thread.commit(JSON.stringify(writes));
  }

  close(): Promise<void> {
    return this.thread.stop();
  }
}
