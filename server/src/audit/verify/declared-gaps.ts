import { isSigned, type Checkpoint } from '../chain/checkpoint.js';
import { covers, gapValues, type Gap } from '../chain/gap.js';
import { numberOf, rowsOf, textOf, type Query, type RawRow } from '../chain/raw-rows.js';
import type { Fault } from './fault.js';
import type { KnownNodes } from './known-nodes.js';

/** The losses that were declared, as far as a node of ours has signed them. Few: one for each restored backup. */
export class DeclaredGaps {
  static readonly NONE = new DeclaredGaps([], []);

  private constructor(
    readonly all: readonly Gap[],
    /** Rows that nobody of ours signed; they declare nothing. */
    readonly forged: readonly Fault[],
  ) {}

  static async read(query: Query, nodes: KnownNodes): Promise<DeclaredGaps> {
    const gaps = (await storedGaps(query)).map(gapOf);
    const isOurs = (gap: Gap): boolean => {
      const signer = nodes.find(gap.signer);
      return signer?.isGenuine === true && isSigned(gapValues(gap), gap.signature, signer.publicKey);
    };
    return new DeclaredGaps(gaps.filter(isOurs), gaps.filter((gap) => !isOurs(gap)).map(forgedFault));
  }

  of(node: string): Gap[] {
    return this.all.filter((gap) => gap.node === node);
  }

  covers(checkpoint: Pick<Checkpoint, 'node' | 'seq' | 'at'>): boolean {
    return this.all.some((gap) => covers(gap, checkpoint));
  }

  /** How far a node's chain still came when a gap was declared: what is missing before that is another loss. */
  reachOf(node: string): number {
    return Math.max(0, ...this.of(node).map(({ after }) => after));
  }
}

/** A database from before there were gaps has no table of them. Nothing is declared then, which is the strict way. */
const storedGaps = (query: Query): Promise<RawRow[]> =>
  rowsOf(query, 'SELECT * FROM audit_gap ORDER BY at, node').catch(() => []);

const gapOf = (row: RawRow): Gap => ({
  node: textOf(row, 'node'),
  at: numberOf(row, 'at'),
  after: numberOf(row, 'after_seq'),
  through: numberOf(row, 'through_seq'),
  newestAt: numberOf(row, 'newest_at'),
  reason: textOf(row, 'reason'),
  declaredBy: textOf(row, 'declared_by'),
  signer: textOf(row, 'signer'),
  signature: textOf(row, 'signature'),
});

const forgedFault = ({ node, after }: Gap): Fault => ({
  node,
  seq: after + 1,
  kind: 'gap-forged',
  what: 'the note that everything behind this is lost is not signed by a node of ours',
});
