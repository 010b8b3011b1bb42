import type { DataSource, QueryRunner } from 'typeorm';
import { isUniqueViolation } from '../../platform/index.js';
import { digestOf, macOf, markOf, type ChainHead, type Entry, type Value } from '../chain/chain-format.js';
import type { ChainNode } from '../chain/chain-node.js';
import { OPENING_COLUMNS } from './record-columns.js';
import { CHAIN_COLUMNS, ENDING_COLUMNS, RECORD_COLUMNS, ROW_SQL } from './record-sql.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

/** How often a batch is tried when another process extends the same chain; then its head is read anew. */
const ATTEMPTS = 3;

/** Rows of a batch, by the table that they go to. */
interface Rows {
  opened: Value[][];
  closed: Value[][];
  sealed: Value[][];
  entries: Value[][];
}

/**
 * Writes to a database server, over the connections that everybody uses, with one statement for each table.
 *
 * The head of the chain is believed from one batch to the next, and read again after any failure. Two processes that
 * write one chain (one is being replaced by the other) cannot fork it: its key is node and number.
 */
export class ServerRecordWriter extends RecordWriter {
  private head: ChainHead | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly node: ChainNode,
  ) {
    super();
  }

  async commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (this.head = await this.database.transaction(({ queryRunner }) =>
          this.writeIn(queryRunner as QueryRunner, writes),
        ));
      } catch (error) {
        this.head = undefined;
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async writeIn(runner: QueryRunner, writes: readonly RecordWrite[]): Promise<ChainHead> {
    const from = this.head ?? (await headOf(runner, this.node));
    const waiting = await stillWaiting(runner, writes);
    const { rows, head } = this.linked(from, writes, waiting);
    await insert(runner, 'mcp_service_usage', RECORD_COLUMNS, rows.opened);
    await close(runner, rows.closed);
    for (const row of rows.sealed) await runner.query(ROW_SQL.seal, row);
    await insert(runner, 'audit_chain', CHAIN_COLUMNS, rows.entries);
    return head;
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

async function headOf(runner: QueryRunner, { id, genesis }: ChainNode): Promise<ChainHead> {
  const [row] = (await runner.query(ROW_SQL.head, [id])) as { seq: unknown; mac: string }[];
  return row ? { seq: Number(row.seq), mac: row.mac } : { seq: 0, mac: genesis };
}

/** Which of the records that a batch ends or seals are still open or unsealed; they stay so until it is written. */
async function stillWaiting(runner: QueryRunner, writes: readonly RecordWrite[]): Promise<Set<string>> {
  const ending = writes.filter(({ event }) => event === 'outcome' || event === 'unknown').map(({ id }) => id);
  const sealing = writes.filter(({ event }) => event === 'trail').map(({ id }) => id);
  return new Set([
    ...(await locked(runner, `mcp_service_usage WHERE status = 'running'`, ending)),
    ...(await locked(runner, 'audit_event WHERE mark IS NULL', sealing)),
  ]);
}

async function locked(runner: QueryRunner, from: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const sql = `SELECT id FROM ${from} AND id IN (${ids.map(() => '?').join(', ')}) FOR UPDATE`;
  return ((await runner.query(sql, [...ids])) as { id: string }[]).map(({ id }) => id);
}

async function insert(
  runner: QueryRunner,
  table: string,
  columns: readonly string[],
  rows: readonly Value[][],
): Promise<void> {
  if (rows.length === 0) return;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`;
  await runner.query(sql, rows.flat());
}

/** All ends of a batch at once; one statement each would be one trip to the server each. */
async function close(runner: QueryRunner, rows: readonly Value[][]): Promise<void> {
  if (rows.length === 0) return;
  const names = ['id', ...ENDING_COLUMNS];
  const row = `SELECT ${names.map((name) => `? AS ${name}`).join(', ')}`;
  const ends = rows.map(() => row).join(' UNION ALL ');
  const changes = ENDING_COLUMNS.map((name) => `record.${name} = ending.${name}`).join(', ');
  await runner.query(
    `UPDATE mcp_service_usage record JOIN (${ends}) ending ON record.id = ending.id SET ${changes}`,
    rows.flat(),
  );
}
