import { checkpointValues, isSigned } from '../chain/checkpoint.js';
import type { CheckpointFile, PublishedCheckpoint } from '../chain/checkpoint-file.js';
import { numberOf, rowsOf, textOf, type Query } from '../chain/raw-rows.js';
import type { DeclaredGaps } from './declared-gaps.js';
import { ChainBroken, type Fault } from './fault.js';
import type { KnownNode, KnownNodes } from './known-nodes.js';

/** What a line of a file of checkpoints says beside what the database says. */
export interface Judged {
  /** Null for a line that is none. */
  checkpoint: PublishedCheckpoint | null;
  /** It speaks of what is lost as declared. */
  isDeclared: boolean;
  fault: Fault | null;
}

/** The first thing in a file of checkpoints that the database does not bear out, and how many it does. */
export async function checkPublished(
  file: CheckpointFile,
  nodes: KnownNodes,
  gaps: DeclaredGaps,
  query: Query,
): Promise<{ checked: number; fault: Fault | null }> {
  let checked = 0;
  for await (const { isDeclared, fault } of judged(file, nodes, gaps, query)) {
    if (fault) return { checked, fault };
    if (!isDeclared) checked += 1;
  }
  return { checked, fault: null };
}

/** Every line, in the order of the file. */
export async function* judged(
  file: CheckpointFile,
  nodes: KnownNodes,
  gaps: DeclaredGaps,
  query: Query,
): AsyncGenerator<Judged> {
  let line = 0;
  for await (const checkpoint of file.all()) {
    line += 1;
    if (!checkpoint) yield { checkpoint, isDeclared: false, fault: notOne(line) };
    else {
      const fault = signatureFault(checkpoint, nodes.find(checkpoint.node));
      const isDeclared = !fault && gaps.covers(checkpoint);
      yield { checkpoint, isDeclared, fault: fault ?? (isDeclared ? null : await lossOf(checkpoint, nodes, query)) };
    }
  }
}

const notOne = (line: number): Fault => ({ kind: 'checkpoint-forged', what: `line ${line} is not a checkpoint` });

/** @param node undefined where the database does not know it, and with it what its key is */
function signatureFault(checkpoint: PublishedCheckpoint, node: KnownNode | undefined): Fault | null {
  const { node: id, seq } = checkpoint;
  if (!isSigned(checkpointValues(checkpoint), checkpoint.signature, checkpoint.publicKey))
    return { node: id, seq, kind: 'checkpoint-forged', what: 'the signature of the checkpoint is wrong' };
  if (node && node.publicKey !== checkpoint.publicKey)
    return {
      node: id,
      seq,
      kind: 'checkpoint-forged',
      what: 'the checkpoint is signed with a key that is not the node’s',
    };
  return null;
}

async function lossOf(checkpoint: PublishedCheckpoint, nodes: KnownNodes, query: Query): Promise<Fault | null> {
  const { node: id, seq } = checkpoint;
  if (!nodes.find(id))
    return {
      node: id,
      seq: 1,
      kind: 'truncated',
      what: `the whole chain is gone; a checkpoint says it came to ${seq}`,
    };
  if (seq <= (await prunedThrough(id, nodes, query))) return null;
  const [entry] = await rowsOf(query, 'SELECT mac, at FROM audit_chain WHERE node = ? AND seq = ?', [id, seq]);
  if (!entry) return truncated(id, seq, query);
  if (textOf(entry, 'mac') === checkpoint.mac) return null;
  if (numberOf(entry, 'at') > checkpoint.at)
    return { node: id, seq, kind: 'truncated', what: 'the chain was set back to before this, and went on another way' };
  return { node: id, seq, kind: 'entry-altered', what: 'the chain is not the one whose checkpoint was signed' };
}

async function truncated(node: string, seq: number, query: Query): Promise<Fault> {
  const sql = 'SELECT MAX(seq) AS seq FROM audit_chain WHERE node = ? AND seq < ?';
  const [row] = await rowsOf(query, sql, [node, seq]);
  const last = Number(row?.['seq'] ?? 0);
  return {
    node,
    seq: last + 1,
    kind: 'truncated',
    what: `the chain ends here; a checkpoint says that it came to ${seq}: cut, or set back to an older state`,
  };
}

async function prunedThrough(node: string, nodes: KnownNodes, query: Query): Promise<number> {
  try {
    return (await nodes.anchorOf(node, query))?.seq ?? 0;
  } catch (error) {
    if (error instanceof ChainBroken) return 0; // Named by the walk along the chain.
    throw error;
  }
}
