import type { SecretBox } from '../../platform/index.js';
import type { CheckpointFile } from '../chain/checkpoint-file.js';
import { numberOf, rowsOf, type Query } from '../chain/raw-rows.js';
import type { Gap } from '../chain/gap.js';
import { ChainWalk, type Range, type Walked } from './chain-walk.js';
import { DeclaredGaps } from './declared-gaps.js';
import { ChainBroken, type Fault } from './fault.js';
import { KnownNodes, type KnownNode } from './known-nodes.js';
import { looseRecords } from './loose-records.js';
import { checkPublished } from './published-checkpoints.js';

/** What was found out about one node's chain. */
export interface NodeVerdict extends Partial<Walked> {
  node: string;
  publicKey: string;
  fault: Fault | null;
}

export interface Verdict {
  isValid: boolean;
  nodes: NodeVerdict[];
  /** Everything that is wrong: the first fault of each chain, and what belongs to none. */
  faults: Fault[];
  /** What is lost, and known to be. */
  gaps: readonly Gap[];
  /** Of a file, that the database bears out. */
  publishedCheckpoints: number;
  /** Records from before there was a chain. */
  older: number;
  /** Changes of the last moment, still to be sealed. */
  unsealed: number;
}

export interface VerifyOptions extends Range {
  /** One node instead of all. */
  node?: string;
  /** Checkpoints that were kept elsewhere. */
  checkpoints?: CheckpointFile;
}

/** Reads, and only reads, whether the record is what was written. Memory is bounded, whatever its length. */
export class ChainVerifier {
  constructor(
    private readonly query: Query,
    private readonly box: SecretBox,
  ) {}

  async verify(options: VerifyOptions = {}): Promise<Verdict> {
    const known = await KnownNodes.read(this.query, this.box);
    const gaps = await DeclaredGaps.read(this.query, known);
    const chosen = known.all.filter(({ id }) => options.node === undefined || id === options.node);
    const nodes: NodeVerdict[] = [];
    for (const node of chosen) nodes.push(await this.walk(node, known, gaps, options));
    const isPart = options.node !== undefined || options.from !== undefined || options.to !== undefined;
    const loose = isPart ? { older: 0, unsealed: 0, fault: null } : await looseRecords(this.query, known, this.box);
    const published = options.checkpoints
      ? await checkPublished(options.checkpoints, known, gaps, this.query)
      : { checked: 0, fault: null };
    const walked = nodes.map(({ fault }) => fault);
    const faults = [...walked, ...gaps.forged, published.fault, loose.fault].filter((fault) => fault !== null);
    return {
      isValid: faults.length === 0,
      nodes,
      faults,
      gaps: gaps.all,
      publishedCheckpoints: published.checked,
      older: loose.older,
      unsealed: loose.unsealed,
    };
  }

  /** The newest entries of the newest chains. @param most of each chain */
  async verifyNewest(most: number, chains: number): Promise<Verdict> {
    const known = await KnownNodes.read(this.query, this.box);
    const gaps = await DeclaredGaps.read(this.query, known);
    const nodes: NodeVerdict[] = [];
    for (const node of known.all.slice(-chains)) {
      const [row] = await rowsOf(this.query, 'SELECT MAX(seq) AS seq FROM audit_chain WHERE node = ?', [node.id]);
      const from = Math.max(1, (row ? numberOf(row, 'seq') : 0) - most + 1);
      nodes.push(await this.walk(node, known, gaps, { from }));
    }
    const faults = nodes.map(({ fault }) => fault).filter((fault) => fault !== null);
    const isValid = faults.length === 0;
    return { isValid, nodes, faults, gaps: gaps.all, publishedCheckpoints: 0, older: 0, unsealed: 0 };
  }

  private async walk(node: KnownNode, known: KnownNodes, gaps: DeclaredGaps, range: Range): Promise<NodeVerdict> {
    const { id, publicKey } = node;
    try {
      return { node: id, publicKey, ...(await new ChainWalk(node, known, this.query, gaps).run(range)), fault: null };
    } catch (error) {
      if (error instanceof ChainBroken) return { node: id, publicKey, fault: { node: id, ...error.fault } };
      throw error;
    }
  }
}
