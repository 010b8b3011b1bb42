import type { KeyObject } from 'node:crypto';
import { extname } from 'node:path';
import type { Run, Statement } from '../../platform/index.js';
import type { ChainHead, Entry, Value } from '../chain/chain-format.js';
import type { RecordWrite } from './record-writer.js';

/*
 * What the thread of a database server does with a batch of records. Loaded there by its file name, and so is what it needs:
 * built code runs as .js, tests run the sources.
 *
 * A batch takes two trips: to know which of the records that it ends are still open, and to write.
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
  sql: Record<'seal' | 'head', string>;
  columns: Record<'record' | 'ending' | 'chain', readonly string[]>;
  /** How many of a record's values are its opening columns. */
  openingColumns: number;
}

const BEGIN: Statement = { sql: 'START TRANSACTION' };

/** Rows of a batch, by the table that they go to. */
interface Rows {
  opened: Value[][];
  closed: Value[][];
  sealed: Value[][];
  entries: Value[][];
}

/** A batch is the JSON of its `RecordWrite`s. The head of the chain is believed from one to the next, and read again after any failure. */
export function createWork(run: Run, task: ServerChainTask) {
  const { columns, sql } = task;
  let known: ChainHead | undefined;

  return async (batch: string): Promise<ChainHead> => {
    const from = known;
    known = undefined;
    return (known = await write(from ?? (await readHead()), JSON.parse(batch) as RecordWrite[]));
  };

  async function write(from: ChainHead, writes: readonly RecordWrite[]): Promise<ChainHead> {
    const waiting = await stillWaiting(writes);
    const { rows, head } = linked(task, from, writes, waiting ?? new Set());
    await run([
      ...(waiting ? [] : [BEGIN]),
      ...inserting('mcp_service_usage', columns.record, rows.opened),
      ...closing(columns.ending, rows.closed),
      ...rows.sealed.map((values) => ({ sql: sql.seal, values })),
      ...inserting('audit_chain', columns.chain, rows.entries),
      { sql: 'COMMIT' },
    ]);
    return head;
  }

  async function readHead(): Promise<ChainHead> {
    const [rows] = (await run([{ sql: sql.head, values: [task.node] }])) as [{ seq: unknown; mac: string }[]];
    const [row] = rows;
    return row ? { seq: Number(row.seq), mac: row.mac } : { seq: 0, mac: task.genesis };
  }

  /**
   * Begins a transaction, and locks what the batch ends or seals.
   *
   * @returns which of that is still open or unsealed; it stays so until the batch is written. undefined where there is nothing
   *   to lock: no transaction has begun then
   */
  async function stillWaiting(writes: readonly RecordWrite[]): Promise<Set<string> | undefined> {
    const ending = writes.filter(({ event }) => event === 'outcome' || event === 'unknown').map(({ id }) => id);
    const sealing = writes.filter(({ event }) => event === 'trail').map(({ id }) => id);
    const locks = [
      ...locking(`mcp_service_usage WHERE status = 'running'`, ending),
      ...locking('audit_event WHERE mark IS NULL', sealing),
    ];
    if (locks.length === 0) return undefined;
    const [, ...found] = (await run([BEGIN, ...locks])) as { id: string }[][];
    return new Set(found.flat().map(({ id }) => id));
  }
}

/** The rows of a batch with their places in the chain. A record that is opened and ended in one batch is possible. */
function linked(
  task: ServerChainTask,
  from: ChainHead,
  writes: readonly RecordWrite[],
  waiting: ReadonlySet<string>,
): { rows: Rows; head: ChainHead } {
  const rows: Rows = { opened: [], closed: [], sealed: [], entries: [] };
  const open = new Set(waiting);
  let head = from;
  for (const write of writes) {
    const { event, id, values } = write;
    const mark = markOf({ node: task.node, seq: head.seq + 1 });
    let covered: readonly Value[] = values;
    if (event === 'intent' || event === 'refusal') {
      rows.opened.push([...values, mark, event === 'refusal' ? mark : null]);
      if (event === 'intent') {
        covered = values.slice(0, task.openingColumns);
        open.add(id);
      }
    } else {
      if (!open.delete(id)) continue;
      if (event === 'trail') rows.sealed.push([mark, id]);
      else {
        covered = [id, ...values];
        rows.closed.push([id, ...values, mark]);
      }
    }
    head = link(task, head, write, covered, rows.entries);
  }
  return { rows, head };
}

function link(
  { node, keyId, key }: ServerChainTask,
  head: ChainHead,
  write: RecordWrite,
  covered: readonly Value[],
  entries: Value[][],
): ChainHead {
  const seq = head.seq + 1;
  const entry: Entry = {
    node,
    seq,
    kind: write.event,
    recordId: write.id,
    at: Date.now(),
    keyId,
    digest: digestOf(covered),
  };
  const mac = macOf(key, head.mac, entry);
  entries.push([node, seq, entry.kind, entry.recordId, entry.at, keyId, entry.digest, mac]);
  return { seq, mac };
}

function locking(from: string, ids: readonly string[]): Statement[] {
  if (ids.length === 0) return [];
  return [{ sql: `SELECT id FROM ${from} AND id IN (${ids.map(() => '?').join(', ')}) FOR UPDATE`, values: ids }];
}

function inserting(table: string, columns: readonly string[], rows: readonly Value[][]): Statement[] {
  if (rows.length === 0) return [];
  const row = `(${columns.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`;
  return [{ sql, values: rows.flat() }];
}

/** All ends of a batch at once. */
function closing(columns: readonly string[], rows: readonly Value[][]): Statement[] {
  if (rows.length === 0) return [];
  const names = ['id', ...columns];
  const row = `SELECT ${names.map((name) => `? AS ${name}`).join(', ')}`;
  const ends = rows.map(() => row).join(' UNION ALL ');
  const changes = columns.map((name) => `record.${name} = ending.${name}`).join(', ');
  const sql = `UPDATE mcp_service_usage record JOIN (${ends}) ending ON record.id = ending.id SET ${changes}`;
  return [{ sql, values: rows.flat() }];
}
