import { parentPort, workerData } from 'node:worker_threads';
import { createConnection, type Connection, type ConnectionOptions } from 'mysql2/promise';
import type { BatchReply } from './sqlite-thread-program.js';

/*
 * Writes batches to a database server over a connection of its own, so that the event loop need not speak its protocol.
 * Imports nothing of ours, because it is loaded by its file name; what it does with a batch is loaded the same way.
 */

/** Does a batch in one transaction. One has begun with its first statement, because nothing is committed by itself. */
export type ServerWork<Batch, Answer> = (connection: Connection, batch: Batch) => Promise<Answer>;

/** What a thread is started with. */
export interface ServerThreadStart {
  settings: ConnectionOptions;
  /** Address of a module that exports `createWork`, which makes a `ServerWork` of the task; called once. */
  work: string;
  task: unknown;
}

interface WorkModule {
  createWork: (task: unknown) => ServerWork<unknown, unknown>;
}

const { settings, work, task } = workerData as ServerThreadStart;
const { createWork } = (await import(work)) as WorkModule;
const write = createWork(task);

let opening: Promise<Connection> | undefined;

function open(): Promise<Connection> {
  const opened = connect();
  // A server ends what was idle for hours: whoever comes next must not be the one to find out.
  const forget = (): void => {
    if (opening === opened) opening = undefined;
  };
  opened.then((connection) => connection.on('end', forget).on('error', forget), forget);
  return opened;
}

async function connect(): Promise<Connection> {
  const connection = await createConnection({ ...settings, enableKeepAlive: true });
  await connection.query('SET autocommit = 0');
  return connection;
}

/** Rolls back what is under way. */
async function discard(): Promise<void> {
  const discarded = opening;
  opening = undefined;
  // One that could not be opened needs no closing.
  const connection = await discarded?.catch(() => undefined);
  connection?.destroy();
}

async function commit(batch: unknown): Promise<BatchReply<unknown>> {
  try {
    return { kind: 'durable', answer: await write(await (opening ??= open()), batch) };
  } catch (error) {
    await discard();
    const { message, code } = error as NodeJS.ErrnoException;
    return { kind: 'failed', reason: message, codes: { code } };
  }
}

parentPort?.on('message', (batch: unknown) => void commit(batch).then((reply) => parentPort?.postMessage(reply)));
