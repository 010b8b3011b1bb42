import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { SecretBox, type Clock } from '../../platform/index.js';
import { AnchorRow } from '../chain/anchor.entity.js';
import { placeOf, type Value } from '../chain/chain-format.js';
import type { ChainNode } from '../chain/chain-node.js';
import { anchorValues } from '../chain/checkpoint.js';
import { numberOf, places, rowsOf, textOf, valueOf, type Query, type RawRow } from '../chain/raw-rows.js';
import { ChainWalk } from '../verify/chain-walk.js';
import { ChainBroken } from '../verify/fault.js';
import { KnownNodes, type KnownNode } from '../verify/known-nodes.js';

const DAY_MS = 24 * 60 * 60_000;
/** Entries of one transaction. */
const BATCH = 200;
/** Between two of them, ms: those who call come first. */
const PAUSE_MS = 20;

/**
 * Forgets what is older than it should be: whole beginnings of the chains, with the records that they cover, leaving a
 * signed word of how far. A beginning that is not right is kept, because it is evidence.
 */
export class Retention {
  private readonly logger = new Logger('Retention');

  /** @param days how long records are kept; undefined: for ever */
  constructor(
    private readonly days: number | undefined,
    private readonly node: ChainNode,
    private readonly database: DataSource,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @returns how many entries went */
  async prune(): Promise<number> {
    if (this.days === undefined) return 0;
    const cutoff = this.clock.now().getTime() - this.days * DAY_MS;
    const query: Query = this.database.query.bind(this.database);
    const known = await KnownNodes.read(query, this.box);
    let pruned = 0;
    for (const node of known.all) pruned += await this.pruneChain(node, known, cutoff, query);
    await this.pruneUnchained(cutoff, query);
    if (pruned > 0) this.logger.log(`${pruned} entries of the record were older than ${this.days} days`);
    return pruned;
  }

  private async pruneChain(node: KnownNode, known: KnownNodes, cutoff: number, query: Query): Promise<number> {
    try {
      const from = (await known.anchorOf(node.id, query))?.seq ?? 0;
      const target = await lastOlderThan(cutoff, node.id, query);
      for (let seq = from; seq < target;) {
        const to = Math.min(seq + BATCH, target);
        await new ChainWalk(node, known, query).run({ from: seq + 1, to });
        await this.database.transaction((manager) => this.pruneThrough(node.id, seq, to, manager));
        seq = to;
        await pause(PAUSE_MS);
      }
      return Math.max(0, target - from);
    } catch (error) {
      if (!(error instanceof ChainBroken)) throw error;
      this.logger.error(`Nothing of the chain of node ${node.id} is pruned, because it is not right: ${error.message}`);
      return 0;
    }
  }

  private async pruneThrough(node: string, from: number, to: number, manager: EntityManager): Promise<void> {
    const query: Query = manager.query.bind(manager);
    const sql =
      'SELECT seq, record_id, kind, mac FROM audit_chain WHERE node = ? AND seq > ? AND seq <= ? ORDER BY seq';
    const entries = await rowsOf(query, sql, [node, from, to]);
    const last = entries.at(-1);
    if (!last || entries.length !== to - from) throw new Error('Somebody else prunes this chain.');
    await this.moveAnchor(node, to, textOf(last, 'mac'), manager);
    await deleteCalls(entries, query);
    await deleteChanges(entries, query);
    await query('DELETE FROM audit_checkpoint WHERE node = ? AND seq <= ?', [node, to]);
    await query('DELETE FROM audit_chain WHERE node = ? AND seq <= ?', [node, to]);
  }

  private async moveAnchor(node: string, seq: number, mac: string, manager: EntityManager): Promise<void> {
    const said = { node, seq, mac, at: this.clock.now().getTime(), signer: this.node.id };
    const anchor = { ...said, signature: this.node.sign(anchorValues(said)) };
    await manager.upsert(AnchorRow, anchor, ['node']);
  }

  /** What was recorded before there was a chain. */
  private async pruneUnchained(cutoff: number, query: Query): Promise<void> {
    await deleteOld(
      'mcp_service_usage',
      'opened_mark IS NULL AND closed_mark IS NULL AND created_at < ?',
      cutoff,
      query,
    );
    await deleteOld('audit_event', 'mac IS NULL AND mark IS NULL AND at < ?', cutoff, query);
  }
}

/** Number of the newest entry of a chain's beginning that is all older; never the newest of all, which the chain goes on from. */
async function lastOlderThan(cutoff: number, node: string, query: Query): Promise<number> {
  const newer = 'SELECT seq FROM audit_chain WHERE node = ? AND at >= ? ORDER BY seq LIMIT 1';
  const [first] = await rowsOf(query, newer, [node, cutoff]);
  const [newest] = await rowsOf(query, 'SELECT MAX(seq) AS seq FROM audit_chain WHERE node = ?', [node]);
  const before = (row: RawRow | undefined): number => (row ? numberOf(row, 'seq') - 1 : 0);
  return first ? before(first) : before(newest);
}

/** Those that ended, all of whose entries are pruned: another node may have closed what this one opened. */
async function deleteCalls(entries: readonly RawRow[], query: Query): Promise<void> {
  const ids = idsOf(entries, (kind) => kind !== 'trail');
  if (ids.length === 0) return;
  const sql = `SELECT id, opened_mark, closed_mark FROM mcp_service_usage WHERE id IN (${places(ids)})`;
  const rows = await rowsOf(query, sql, ids);
  const anchors = await rowsOf(query, 'SELECT node, seq FROM audit_anchor');
  const pruned = new Map(anchors.map((row) => [textOf(row, 'node'), numberOf(row, 'seq')]));
  const isGone = (mark: Value): boolean => {
    const place = placeOf(mark === null ? null : String(mark));
    return place !== null && place.seq <= (pruned.get(place.node) ?? 0);
  };
  const done = rows.filter((row) => {
    const [opened, closed] = [valueOf(row['opened_mark']), valueOf(row['closed_mark'])];
    return (opened === null || isGone(opened)) && isGone(closed);
  });
  await deleteIds(
    'mcp_service_usage',
    done.map((row) => textOf(row, 'id')),
    query,
  );
}

const deleteChanges = (entries: readonly RawRow[], query: Query): Promise<void> =>
  deleteIds(
    'audit_event',
    idsOf(entries, (kind) => kind === 'trail'),
    query,
  );

const idsOf = (entries: readonly RawRow[], fits: (kind: string) => boolean): string[] => [
  ...new Set(entries.filter((row) => fits(textOf(row, 'kind'))).map((row) => textOf(row, 'record_id'))),
];

async function deleteIds(table: string, ids: readonly string[], query: Query): Promise<void> {
  if (ids.length > 0) await query(`DELETE FROM ${table} WHERE id IN (${places(ids)})`, [...ids]);
}

async function deleteOld(table: string, where: string, cutoff: number, query: Query): Promise<void> {
  for (;;) {
    const rows = await rowsOf(query, `SELECT id FROM ${table} WHERE ${where} LIMIT ${BATCH}`, [cutoff]);
    await deleteIds(
      table,
      rows.map((row) => textOf(row, 'id')),
      query,
    );
    if (rows.length < BATCH) return;
    await pause(PAUSE_MS);
  }
}
