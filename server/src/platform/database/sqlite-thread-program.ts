import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/*
 * Writes batches into the embedded database over a connection of its own, so that nobody else waits for the disk.
 * Imports nothing of ours, because it is loaded by its file name; what it does with a batch is loaded the same way.
 */

/** Prepares a statement, once for each connection. */
export type Prepared = (sql: string) => StatementSync;

/** Exported as `createWork` by the file that a thread is given; called for each connection anew. */
export type CreateWork = (prepared: Prepared, task: unknown) => (batch: unknown) => unknown;

/** What a thread is started with. */
export interface SqliteThreadStart {
  file: string;
  work: string;
  task: unknown;
}

/** What became of a batch: durable, or not written at all. */
export type BatchReply<Answer> =
  { kind: 'durable'; answer: Answer } | { kind: 'failed'; reason: string; codes: { code?: string; errcode?: number } };

/** How long it waits for another connection's transaction, ms. */
const PATIENCE_MS = 5_000;

const { file, work, task } = workerData as SqliteThreadStart;
const { createWork } = (await import(work)) as { createWork: CreateWork };

class Writer {
  private readonly statements = new Map<string, StatementSync>();
  private readonly database: DatabaseSync;
  private readonly work: ReturnType<CreateWork>;

  constructor() {
    this.database = new DatabaseSync(file, { timeout: PATIENCE_MS, enableForeignKeyConstraints: true });
    try {
      this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      this.work = createWork((sql) => this.statement(sql), task);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** @throws what SQLite throws; close this writer then, which rolls back */
  commit(batch: unknown): unknown {
    // At once the right to write: one that is asked for later is refused without waiting when others wrote meanwhile.
    this.statement('BEGIN IMMEDIATE').run();
    const answer = this.work(batch);
    this.statement('COMMIT').run();
    return answer;
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

/** After a failure the connection is opened anew: what one whose fsync failed says about the disk is not to be believed. */
function commit(batch: unknown): BatchReply<unknown> {
  try {
    writer ??= new Writer();
    return { kind: 'durable', answer: writer.commit(batch) };
  } catch (error) {
    writer?.close();
    writer = undefined;
    const { message, errcode } = error as Error & { errcode?: number };
    return { kind: 'failed', reason: message, codes: { errcode } };
  }
}

parentPort?.on('message', (batch: unknown) => parentPort?.postMessage(commit(batch)));
