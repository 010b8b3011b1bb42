import { extname } from 'node:path';
import type { DataSource } from 'typeorm';
import { DatabaseThread, isUniqueViolation } from '../../platform/index.js';
import type { ChainHead } from '../chain/chain-format.js';
import type { ChainNode } from '../chain/chain-node.js';
import { OPENING_COLUMNS } from './record-columns.js';
import { CHAIN_COLUMNS, ENDING_COLUMNS, RECORD_COLUMNS, ROW_SQL } from './record-sql.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';
import type { ServerChainTask } from './server-record-work.js';

const WORK = new URL(`./server-record-work${extname(import.meta.url)}`, import.meta.url);
/** How often a batch is tried when another process extends the same chain; then its head is read anew. */
const ATTEMPTS = 3;

/**
 * Writes to a database server, and computes the chain, in a thread of its own. Two processes that write one chain (one is being
 * replaced by the other) cannot fork it: its key is node and number.
 */
export class ServerRecordWriter extends RecordWriter {
  private readonly thread: DatabaseThread<string, ChainHead>;

  constructor(database: DataSource, { id, keyId, key, genesis }: ChainNode) {
    super();
    const task: ServerChainTask = {
      node: id,
      keyId,
      key,
      genesis,
      sql: ROW_SQL,
      columns: { record: RECORD_COLUMNS, ending: ENDING_COLUMNS, chain: CHAIN_COLUMNS },
      openingColumns: OPENING_COLUMNS.length,
    };
    this.thread = DatabaseThread.server((database.options as { url: string }).url, WORK, task);
  }

  async commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    const batch = JSON.stringify(writes);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.thread.commit(batch);
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  close(): Promise<void> {
    return this.thread.stop();
  }
}
