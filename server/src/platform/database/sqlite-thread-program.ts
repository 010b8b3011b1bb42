import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/*
 * Writes batches into the embedded database over a connection of its own, so that nobody else waits for the disk.
 * Imports nothing of ours, because it is loaded by its file name.
 */

/** One statement, and the parameters of each time that it is run. */
export interface SqlRun {
  sql: string;
  parameters: readonly SQLInputValue[][];
}

/** What became of a batch: durable, or not written at all. */
export type BatchReply = { kind: 'durable' } | { kind: 'failed'; reason: string };

/** How long it waits for another connection's transaction, ms. */
const PATIENCE_MS = 5_000;

class Writer {
  private readonly statements = new Map<string, StatementSync>();
  private readonly database: DatabaseSync;

  constructor(file: string) {
    this.database = new DatabaseSync(file, { timeout: PATIENCE_MS, enableForeignKeyConstraints: true });
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  }

  /** @throws what SQLite throws; close this writer then, which rolls back */
  commit(batch: readonly SqlRun[]): void {
    // At once the right to write: one that is asked for later is refused without waiting when others wrote meanwhile.
    this.statement('BEGIN IMMEDIATE').run();
    for (const { sql, parameters } of batch) {
      const statement = this.statement(sql);
      for (const values of parameters) statement.run(...values);
    }
    this.statement('COMMIT').run();
  }

  close(): void {
    this.database.close();
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }
}

let writer: Writer | undefined;

function commit(batch: readonly SqlRun[]): BatchReply {
  try {
    writer ??= new Writer((workerData as { file: string }).file);
    writer.commit(batch);
    return { kind: 'durable' };
  } catch (error) {
    writer?.close();
    writer = undefined;
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (batch: readonly SqlRun[]) => parentPort?.postMessage(commit(batch)));
