import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { SqliteThread, type SqlRun } from '../../platform/index.js';
import { CallRecord } from './call-record.entity.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

type Values = SqlRun['parameters'][number];

/** Writes to the embedded database from a thread of its own. */
export class EmbeddedRecordWriter extends RecordWriter {
  private readonly thread: SqliteThread;

  constructor(private readonly database: DataSource) {
    super();
    this.thread = new SqliteThread(database.options.database as string);
  }

  async commit(writes: readonly RecordWrite[]): Promise<void> {
    await this.thread.commit(runsOf(writes, this.database.getMetadata(CallRecord)));
  }

  close(): Promise<void> {
    return this.thread.stop();
  }
}

/** The statements of a batch, each with the values of all writes that share it. */
function runsOf(writes: readonly RecordWrite[], table: EntityMetadata): SqlRun[] {
  const runs = new Map<string, Values[]>();
  const insertion = insertionInto(table);
  for (const write of writes) {
    const changed = write.kind === 'insert' ? table.columns : columnsOf(write.patch, table);
    const values = changed.map((column) => storedValue(column, write.kind === 'insert' ? write.row : write.patch));
    if (write.kind === 'insert') append(runs, insertion, values);
    else append(runs, completionOf(table, changed), [...values, write.id]);
  }
  return [...runs].map(([sql, parameters]) => ({ sql, parameters }));
}

function append(runs: Map<string, Values[]>, sql: string, values: Values): void {
  const same = runs.get(sql);
  if (same) same.push(values);
  else runs.set(sql, [values]);
}

const columnsOf = (patch: Partial<CallRecord>, { columns }: EntityMetadata): ColumnMetadata[] =>
  columns.filter((column) => column.propertyName in patch);

const insertionInto = ({ tableName, columns }: EntityMetadata): string => {
  const names = columns.map((column) => column.databaseName).join(', ');
  return `INSERT INTO ${tableName} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
};

const completionOf = ({ tableName }: EntityMetadata, changed: readonly ColumnMetadata[]): string =>
  `UPDATE ${tableName} SET ${changed.map((column) => `${column.databaseName} = ?`).join(', ')} WHERE id = ?`;

/** What the mapper would store: by its transformer, and yes and no as numbers. */
function storedValue(column: ColumnMetadata, row: Partial<CallRecord>): Values[number] {
  const value = column.getEntityValue(row, true) as Values[number] | boolean | undefined;
  if (value === undefined) return null;
  return typeof value === 'boolean' ? Number(value) : value;
}
