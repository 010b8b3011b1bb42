import { parentPort, workerData } from 'node:worker_threads';
import { createConnection, type Connection, type ConnectionOptions } from 'mysql2/promise';
import type { BatchReply } from './sqlite-thread-program.js';

/*
 * Writes batches to a database server over a connection of its own, so that the event loop need not speak its protocol.
 * Imports nothing of ours, because it is loaded by its file name; what it does with a batch is loaded the same way.
 */

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/**
 * Has several statements done in one trip, one after the other; the first that fails is the last that is done.
 *
 * @returns what each of them gave
 * @throws what the driver throws; nothing stays that was not committed, and the next trip is on another connection
 */
export type Run = (statements: readonly Statement[]) => Promise<unknown[]>;

/** Exported as `createWork` by the file that a thread is given. */
export type CreateServerWork = (run: Run, task: unknown) => (batch: unknown) => Promise<unknown>;

/** What a thread is started with. */
export interface ServerThreadStart {
  settings: ConnectionOptions;
  work: string;
  task: unknown;
}

const { settings, work, task } = workerData as ServerThreadStart;
const { createWork } = (await import(work)) as { createWork: CreateServerWork };

let opening: Promise<Connection> | undefined;

/** Several statements in one trip are allowed only here, where every statement is one of ours. */
function open(): Promise<Connection> {
  const opened = createConnection({ ...settings, enableKeepAlive: true, multipleStatements: true });
  // A server ends what was idle for hours: whoever comes next must not be the one to find out.
  const forget = (): void => {
    if (opening === opened) opening = undefined;
  };
  opened.then((connection) => connection.on('end', forget).on('error', forget), forget);
  return opened;
}

/** Rolls back what is under way. */
async function discard(): Promise<void> {
  const discarded = opening;
  opening = undefined;
  // One that could not be opened needs no closing.
  const connection = await discarded?.catch(() => undefined);
  connection?.destroy();
}

async function run(statements: readonly Statement[]): Promise<unknown[]> {
  const sql = statements.map((each) => each.sql).join('; ');
  const values = statements.flatMap((each) => each.values ?? []);
  try {
    const connection = await (opening ??= open());
    const [results] = await connection.query(sql, values);
    return statements.length === 1 ? [results] : (results as unknown[]);
  } catch (error) {
    await discard();
    throw error;
  }
}

const doWork = createWork(run, task);

async function commit(batch: unknown): Promise<BatchReply<unknown>> {
  try {
    return { kind: 'durable', answer: await doWork(batch) };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { kind: 'failed', reason: message, codes: { code } };
  }
}

parentPort?.on('message', (batch: unknown) => void commit(batch).then((reply) => parentPort?.postMessage(reply)));
