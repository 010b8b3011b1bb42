import type { DataSource } from 'typeorm';
import { EmbeddedRecordWriter } from './embedded-record-writer.js';
import type { RecordWriter } from './record-writer.js';
import { ServerRecordWriter } from './server-record-writer.js';

/** The writer that fits the database. */
export const recordWriterFor = (database: DataSource): RecordWriter =>
  database.options.type === 'mariadb' ? new ServerRecordWriter(database) : new EmbeddedRecordWriter(database);
