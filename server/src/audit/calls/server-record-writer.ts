import type { DataSource } from 'typeorm';
import { ServerConnection, isUniqueViolation, type Statement } from '../../platform/index.js';
import { digestOf, macOf, markOf, type ChainHead, type Entry, type Value } from '../chain/chain-format.js';
import type { ChainNode } from '../chain/chain-node.js';
import { OPENING_COLUMNS } from './record-columns.js';
import { CHAIN_COLUMNS, ENDING_COLUMNS, RECORD_COLUMNS, ROW_SQL } from './record-sql.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

/** How often a batch is tried when another process extends the same chain; then its head is read anew. */
const ATTEMPTS = 3;
const BEGIN: Statement = { sql: 'START TRANSACTION' };

/** Rows of a batch, by the table that they go to. */
interface Rows {
  opened: Value[][];
  closed: Value[][];
  sealed: Value[][];
  entries: Value[][];
}

/**
 * Writes to a database server over a connection of its own, in two trips for a batch: to know which of the records that it
 * ends are still open, and to write. Each trip waits for a turn of the event loop, which is busy.
 *
 * The head of the chain is believed from one batch to the next, and read again after any failure. Two processes that
 * write one chain (one is being replaced by the other) cannot fork it: its key is node and number.
 */
export class ServerRecordWriter extends RecordWriter {
  private readonly connection: ServerConnection;
  private head: ChainHead | undefined;

  constructor(
    database: DataSource,
    private readonly node: ChainNode,
  ) {
    super();
    this.connection = new ServerConnection(database);
  }

  async commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (this.head = await this.write(writes));
      } catch (error) {
        this.head = undefined;
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  close(): Promise<void> {
    return this.connection.discard();
  }

  private async write(writes: readonly RecordWrite[]): Promise<ChainHead> {
    const from = this.head ?? (await this.readHead());
    const waiting = await this.stillWaiting(writes);
    const { rows, head } = this.linked(from, writes, waiting ?? new Set());
    await this.connection.run([
      ...(waiting ? [] : [BEGIN]),
      ...inserting('mcp_service_usage', RECORD_COLUMNS, rows.opened),
      ...closing(rows.closed),
      ...rows.sealed.map((values) => ({ sql: ROW_SQL.seal, values })),
      ...inserting('audit_chain', CHAIN_COLUMNS, rows.entries),
      { sql: 'COMMIT' },
    ]);
    return head;
  }

  private async readHead(): Promise<ChainHead> {
    const { id, genesis } = this.node;
    const [rows] = (await this.connection.run([{ sql: ROW_SQL.head, values: [id] }])) as [
      { seq: unknown; mac: string }[],
    ];
    const [row] = rows;
    return row ? { seq: Number(row.seq), mac: row.mac } : { seq: 0, mac: genesis };
  }

  /**
   * Begins a transaction, and locks what the batch ends or seals.
   *
   * @returns which of that is still open or unsealed; it stays so until the batch is written. undefined where there is nothing
   *   to lock: no transaction has begun then
   */
  private async stillWaiting(writes: readonly RecordWrite[]): Promise<Set<string> | undefined> {
    const ending = writes.filter(({ event }) => event === 'outcome' || event === 'unknown').map(({ id }) => id);
    const sealing = writes.filter(({ event }) => event === 'trail').map(({ id }) => id);
    const locks = [
      ...locking(`mcp_service_usage WHERE status = 'running'`, ending),
      ...locking('audit_event WHERE mark IS NULL', sealing),
    ];
    if (locks.length === 0) return undefined;
    const [, ...found] = (await this.connection.run([BEGIN, ...locks])) as { id: string }[][];
    return new Set(found.flat().map(({ id }) => id));
  }

  /** The rows of a batch with their places in the chain. A record that is opened and ended in one batch is possible. */
  private linked(
    from: ChainHead,
    writes: readonly RecordWrite[],
    waiting: ReadonlySet<string>,
  ): { rows: Rows; head: ChainHead } {
    const rows: Rows = { opened: [], closed: [], sealed: [], entries: [] };
    const open = new Set(waiting);
    let head = from;
    for (const { event, id, values } of writes) {
      const mark = markOf({ node: this.node.id, seq: head.seq + 1 });
      let covered: readonly Value[] = values;
      if (event === 'intent' || event === 'refusal') {
        rows.opened.push([...values, mark, event === 'refusal' ? mark : null]);
        if (event === 'intent') {
          covered = values.slice(0, OPENING_COLUMNS.length);
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
      head = this.link(head, { event, id, values }, covered, rows.entries);
    }
    return { rows, head };
  }

  private link(head: ChainHead, write: RecordWrite, covered: readonly Value[], entries: Value[][]): ChainHead {
    const { id: node, keyId, key } = this.node;
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
function closing(rows: readonly Value[][]): Statement[] {
  if (rows.length === 0) return [];
  const names = ['id', ...ENDING_COLUMNS];
  const row = `SELECT ${names.map((name) => `? AS ${name}`).join(', ')}`;
  const ends = rows.map(() => row).join(' UNION ALL ');
  const changes = ENDING_COLUMNS.map((name) => `record.${name} = ending.${name}`).join(', ');
  const sql = `UPDATE mcp_service_usage record JOIN (${ends}) ending ON record.id = ending.id SET ${changes}`;
  return [{ sql, values: rows.flat() }];
}
