import { macOf, type Entry, type EntryKind } from '../chain/chain-format.js';
import { checkpointValues, isSigned, type Checkpoint } from '../chain/checkpoint.js';
import { numberOf, rowsOf, textOf, type Query, type RawRow } from '../chain/raw-rows.js';
import { DeclaredGaps } from './declared-gaps.js';
import { ChainBroken, type FaultKind } from './fault.js';
import type { KnownNode, KnownNodes } from './known-nodes.js';
import { Records } from './record-check.js';

/** Entries that are in memory at a time, with their records of up to 128 Ki characters each. */
const PAGE = 200;

const WHAT: Partial<Record<FaultKind, string>> = {
  'entry-missing': 'the entry is missing',
  'entry-altered': 'the entry is not the one that was written here: edited, swapped, or put in',
  'entry-foreign': 'the entry belongs to the chain of another node',
  'record-missing': 'the record that was written here is gone',
  'record-altered': 'the record is not the one that was written here',
};

/** Which part of a chain; both ends included. */
export interface Range {
  from?: number;
  to?: number;
}

/** How far a walk came. */
export interface Walked {
  first: number;
  last: number;
  entries: number;
  checkpoints: number;
  prunedThrough: number;
}

interface StoredEntry extends Entry {
  mac: string;
}

/** Goes along one node's chain from its oldest entry to its newest, a page at a time. */
export class ChainWalk {
  private previous = { seq: 0, mac: '' };
  private readonly walked: Walked = { first: 0, last: 0, entries: 0, checkpoints: 0, prunedThrough: 0 };

  constructor(
    private readonly node: KnownNode,
    private readonly nodes: KnownNodes,
    private readonly query: Query,
    private readonly gaps = DeclaredGaps.NONE,
  ) {}

  /** @throws {ChainBroken} at the first number that is not right */
  async run({ from, to }: Range = {}): Promise<Walked> {
    if (!this.node.isGenuine) {
      throw this.broken('node-altered', 'the row of the node is not the one that was written', undefined);
    }
    await this.begin(from);
    for (;;) {
      const page = await this.page(to);
      await this.surelyRight(page);
      if (page.length < PAGE) break;
    }
    if (to === undefined) await this.expectNothingBehind();
    return { ...this.walked, last: this.previous.seq };
  }

  private async begin(from: number | undefined): Promise<void> {
    const anchor = await this.nodes.anchorOf(this.node.id, this.query);
    this.walked.prunedThrough = anchor?.seq ?? 0;
    this.previous = { seq: anchor?.seq ?? 0, mac: anchor?.mac ?? this.node.genesis };
    if (from !== undefined && from > this.previous.seq + 1) {
      const [before] = await this.entries('seq = ?', [from - 1]);
      if (!before) throw this.broken('entry-missing', 'the entry is missing', from - 1);
      this.previous = before;
    }
    this.walked.first = this.previous.seq + 1;
  }

  private page(to: number | undefined): Promise<StoredEntry[]> {
    const { seq } = this.previous;
    return to === undefined
      ? this.entries('seq > ?', [seq])
      : this.entries('seq > ? AND seq <= ?', [seq, Math.max(seq, to)]);
  }

  private async entries(where: string, parameters: number[]): Promise<StoredEntry[]> {
    const sql = `SELECT * FROM audit_chain WHERE node = ? AND ${where} ORDER BY seq LIMIT ${PAGE}`;
    return (await rowsOf(this.query, sql, [this.node.id, ...parameters])).map(entryOf);
  }

  /** What retention takes away between two looks is no fault. */
  private async surelyRight(page: readonly StoredEntry[]): Promise<void> {
    try {
      await this.check(page);
    } catch (error) {
      const anchor = await this.nodes.anchorOf(this.node.id, this.query);
      if (!(error instanceof ChainBroken) || !anchor || anchor.seq < (error.fault.seq ?? 0)) throw error;
      this.walked.prunedThrough = anchor.seq;
      this.previous = anchor;
      await this.check(page.filter(({ seq }) => seq > anchor.seq));
    }
  }

  private async check(page: readonly StoredEntry[]): Promise<void> {
    const records = await Records.of(page, this.query);
    const checkpoints = await this.checkpointsOf(page);
    for (const entry of page) {
      await this.checkEntry(entry);
      const fault = records.faultOf(entry);
      if (fault) throw this.broken(fault, `${WHAT[fault]} (${nounOf(entry.kind)} ${entry.recordId})`, entry.seq);
      const checkpoint = checkpoints.get(entry.seq);
      if (checkpoint) this.checkCheckpoint(checkpoint, entry.mac);
      this.previous = entry;
      this.walked.entries += 1;
    }
  }

  private async checkEntry(entry: StoredEntry): Promise<void> {
    const seq = this.previous.seq + 1;
    if (entry.seq !== seq) throw this.broken('entry-missing', 'the entry is missing', seq);
    const key = this.nodes.key(this.node.id, entry.keyId);
    if (macOf(key, this.previous.mac, entry) === entry.mac) return;
    const kind = (await this.isAnothers(entry)) ? 'entry-foreign' : 'entry-altered';
    throw this.broken(kind, WHAT[kind] ?? '', seq);
  }

  /** Whether it fits into some other node's chain; for the message only. */
  private async isAnothers(entry: StoredEntry): Promise<boolean> {
    const copies = await rowsOf(this.query, 'SELECT node FROM audit_chain WHERE seq = ? AND mac = ? AND node <> ?', [
      entry.seq,
      entry.mac,
      this.node.id,
    ]);
    if (copies.length > 0) return true;
    return this.nodes.all.some(({ id, genesis }) => {
      const before = entry.seq === 1 ? genesis : this.previous.mac;
      return (
        id !== this.node.id && macOf(this.nodes.key(id, entry.keyId), before, { ...entry, node: id }) === entry.mac
      );
    });
  }

  private async checkpointsOf(page: readonly StoredEntry[]): Promise<Map<number, Checkpoint>> {
    const [first, last] = [page[0], page.at(-1)];
    if (!first || !last) return new Map();
    const sql = 'SELECT * FROM audit_checkpoint WHERE node = ? AND seq >= ? AND seq <= ?';
    const rows = await rowsOf(this.query, sql, [this.node.id, first.seq, last.seq]);
    return new Map(rows.map(checkpointOf).map((checkpoint) => [checkpoint.seq, checkpoint]));
  }

  private checkCheckpoint(checkpoint: Checkpoint, mac: string): void {
    const isOurs = isSigned(checkpointValues(checkpoint), checkpoint.signature, this.node.publicKey);
    if (!isOurs) throw this.broken('checkpoint-forged', 'the checkpoint is not signed by this node', checkpoint.seq);
    if (checkpoint.mac !== mac)
      throw this.broken('entry-altered', 'the chain is not the one whose checkpoint was signed', checkpoint.seq);
    this.walked.checkpoints += 1;
  }

  private async expectNothingBehind(): Promise<void> {
    const { seq } = this.previous;
    const signed = Math.max(await this.signedThrough(), this.gaps.reachOf(this.node.id));
    if (signed <= seq) return;
    // A checkpoint may have been signed since the last page was read.
    if ((await this.entries('seq > ?', [seq])).length > 0) return;
    throw this.broken('truncated', `the chain ends here; a checkpoint says that it came to ${signed}`, seq + 1);
  }

  /** Number of the newest stored checkpoint, without those that speak of what is lost as declared. */
  private async signedThrough(): Promise<number> {
    const gaps = this.gaps.of(this.node.id);
    const others = gaps.map(() => ' AND NOT (seq > ? AND seq <= ? AND at <= ?)').join('');
    const bounds = gaps.flatMap(({ after, through, newestAt }) => [after, through, newestAt]);
    const sql = `SELECT MAX(seq) AS seq FROM audit_checkpoint WHERE node = ?${others}`;
    const [row] = await rowsOf(this.query, sql, [this.node.id, ...bounds]);
    return row ? numberOf(row, 'seq') : 0;
  }

  private broken(kind: FaultKind, what: string, seq: number | undefined): ChainBroken {
    return new ChainBroken({ node: this.node.id, ...(seq !== undefined && { seq }), kind, what });
  }
}

const nounOf = (kind: EntryKind): string => (kind === 'trail' ? 'change' : 'call');

export const entryOf = (row: RawRow): StoredEntry => ({
  node: textOf(row, 'node'),
  seq: numberOf(row, 'seq'),
  kind: textOf(row, 'kind') as EntryKind,
  recordId: textOf(row, 'record_id'),
  at: numberOf(row, 'at'),
  keyId: textOf(row, 'key_id'),
  digest: textOf(row, 'digest'),
  mac: textOf(row, 'mac'),
});

export const checkpointOf = (row: RawRow): Checkpoint => ({
  node: textOf(row, 'node'),
  seq: numberOf(row, 'seq'),
  entries: numberOf(row, 'entries'),
  mac: textOf(row, 'mac'),
  at: numberOf(row, 'at'),
  signature: textOf(row, 'signature'),
});
