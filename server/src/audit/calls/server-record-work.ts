import type { KeyObject } from 'node:crypto';
import { extname } from 'node:path';
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { ChainHead, Entry, Value } from '../chain/chain-format.js';
import type { RecordWrite } from './record-writer.js';

/*
 * What the thread of a database server does with a batch of records. Loaded there by its file name, and so is what it needs:
 * built code runs as .js, tests run the sources.
 */
const format = new URL(`../chain/chain-format${extname(import.meta.url)}`, import.meta.url).href;
const { digestOf, macOf, markOf } = (await import(format)) as typeof import('../chain/chain-format.js');

/** What the thread is told about the chain that it writes. */
export interface ServerChainTask {
  node: string;
  keyId: string;
  key: KeyObject;
  /** Where a chain without entries begins. */
  genesis: string;
  sql: Record<'open' | 'close' | 'seal' | 'head', string>;
  columns: Record<'record' | 'ending' | 'chain', readonly string[]>;
  /** How many of a record's values are its opening columns. */
  openingColumns: number;
}

/** Rows of one statement. Each number of rows is a statement that the server prepares and keeps: parsing costs half of it. */
const MAX_ROWS = 32;

/**
 * A batch is the JSON of its `RecordWrite`s. As a rule all records that it ends are still open, and it is written by a few
 * statements; where one was not, the batch is begun anew and written one by one.
 *
 * The head of the chain is believed from one batch to the next, and read again after any failure.
 */
export function createWork(task: ServerChainTask) {
  let known: ChainHead | undefined;

  return async (connection: Connection, batch: string): Promise<ChainHead> => {
    const writes = JSON.parse(batch) as RecordWrite[];
    const from = known ?? (await readHead(connection, task));
    known = undefined;
    return (known =
      (await writeAtOnce(connection, task, from, writes)) ?? (await oneByOne(connection, task, from, writes)));
  };
}

async function readHead(connection: Connection, { sql, node, genesis }: ServerChainTask): Promise<ChainHead> {
  const [[row]] = await connection.execute<RowDataPacket[]>(sql.head, [node]);
  return row ? { seq: Number(row['seq']), mac: String(row['mac']) } : { seq: 0, mac: genesis };
}

/** @returns undefined, with nothing written, when something that it ends or seals was not waiting for that */
async function writeAtOnce(
  connection: Connection,
  task: ServerChainTask,
  from: ChainHead,
  writes: readonly RecordWrite[],
): Promise<ChainHead | undefined> {
  const links = new Links(task, from);
  const [opened, closed, sealed]: Value[][][] = [[], [], []];
  for (const write of writes) {
    const mark = links.nextMark;
    if (isFirst(write)) opened.push(openingRow(write, mark));
    else if (write.event === 'trail') sealed.push([mark, write.id]);
    else closed.push([write.id, ...write.values, mark]);
    links.add(write);
  }
  await executeMany(connection, opened, (rows) => inserting('mcp_service_usage', task.columns.record, rows));
  const ended = await executeMany(connection, closed, (rows) => closing(task.columns, rows));
  let found = 0;
  for (const row of sealed) found += await execute(connection, task.sql.seal, row);
  if (ended < 2 * closed.length || found < sealed.length) {
    await connection.rollback();
    return undefined;
  }
  await writeEntries(connection, task, links);
  return links.head;
}

async function oneByOne(
  connection: Connection,
  task: ServerChainTask,
  from: ChainHead,
  writes: readonly RecordWrite[],
): Promise<ChainHead> {
  const { sql } = task;
  const links = new Links(task, from);
  for (const write of writes) {
    const { id, event, values } = write;
    const mark = links.nextMark;
    const found = isFirst(write)
      ? await execute(connection, sql.open, openingRow(write, mark))
      : event === 'trail'
        ? await execute(connection, sql.seal, [mark, id])
        : await execute(connection, sql.close, [...values, mark, id]);
    if (found === 1) links.add(write);
  }
  await writeEntries(connection, task, links);
  return links.head;
}

async function writeEntries(connection: Connection, { columns }: ServerChainTask, { entries }: Links): Promise<void> {
  await executeMany(connection, entries, (rows) => inserting('audit_chain', columns.chain, rows));
  await connection.commit();
}

/** The entries of a batch, one linked to the other. */
class Links {
  readonly entries: Value[][] = [];
  head: ChainHead;
  private readonly task: ServerChainTask;

  constructor(task: ServerChainTask, head: ChainHead) {
    this.task = task;
    this.head = head;
  }

  /** Where the entry is that comes next. */
  get nextMark(): string {
    return markOf({ node: this.task.node, seq: this.head.seq + 1 });
  }

  add(write: RecordWrite): void {
    const { node, keyId, key } = this.task;
    const seq = this.head.seq + 1;
    const digest = digestOf(this.coveredBy(write));
    const entry: Entry = { node, seq, kind: write.event, recordId: write.id, at: Date.now(), keyId, digest };
    const mac = macOf(key, this.head.mac, entry);
    this.entries.push([node, seq, entry.kind, entry.recordId, entry.at, keyId, digest, mac]);
    this.head = { seq, mac };
  }

  private coveredBy({ event, id, values }: RecordWrite): readonly Value[] {
    if (event === 'intent') return values.slice(0, this.task.openingColumns);
    return event === 'refusal' || event === 'trail' ? values : [id, ...values];
  }
}

const isFirst = ({ event }: RecordWrite): boolean => event === 'intent' || event === 'refusal';

const openingRow = ({ event, values }: RecordWrite, mark: string): Value[] => [
  ...values,
  mark,
  event === 'refusal' ? mark : null,
];

/** @returns how many rows the server counted */
async function executeMany(
  connection: Connection,
  rows: readonly Value[][],
  sqlFor: (rows: number) => string,
): Promise<number> {
  let found = 0;
  for (let at = 0; at < rows.length; at += MAX_ROWS) {
    const some = rows.slice(at, at + MAX_ROWS);
    found += await execute(connection, sqlFor(some.length), some.flat());
  }
  return found;
}

async function execute(connection: Connection, sql: string, values: Value[]): Promise<number> {
  const [{ affectedRows }] = await connection.execute<ResultSetHeader>(sql, values);
  return affectedRows;
}

const inserting = (table: string, columns: readonly string[], rows: number): string =>
  insertingRows(table, columns, columns.map(() => '?').join(', '), rows);

const insertingRows = (table: string, columns: readonly string[], row: string, rows: number): string =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(`(${row})`).join(', ')}`;

/**
 * Ends calls that are still open. Joined to a list of values, an UPDATE would make a table of them each time, with columns as wide
 * as the first values were; a row that is to be inserted has the width of its columns.
 *
 * A row counts 2 where a call was ended. It counts less where a call was not open, which stays as it is, or where there was none
 * and one was made up: then nothing of this may be committed.
 */
function closing({ record, ending }: ServerChainTask['columns'], rows: number): string {
  const row = record.map((name) => (name === 'id' || ending.includes(name) ? '?' : '0')).join(', ');
  // In this order: what a column is set to is already there when the next is.
  const changes = [...ending.filter((name) => name !== 'status'), 'status'].map(
    (name) => `${name} = IF(status = 'running', VALUES(${name}), ${name})`,
  );
  return `${insertingRows('mcp_service_usage', record, row, rows)} ON DUPLICATE KEY UPDATE ${changes.join(', ')}`;
}
