import type { DataSource } from 'typeorm';
import type { ChainNode } from '../chain/chain-node.js';
import { EmbeddedRecordWriter } from './embedded-record-writer.js';
import type { RecordWriter } from './record-writer.js';
import { ServerRecordWriter } from './server-record-writer.js';

/** The writer that fits the database. */
export const recordWriterFor = (database: DataSource, node: ChainNode): RecordWriter =>
  database.options.type === 'mariadb'
    ? new ServerRecordWriter(database, node)
    : new EmbeddedRecordWriter(database, node);
