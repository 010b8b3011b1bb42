import { checkpointValues, isSigned } from '../chain/checkpoint.js';
import type { CheckpointFile, PublishedCheckpoint } from '../chain/checkpoint-file.js';
import { rowsOf, textOf, type Query } from '../chain/raw-rows.js';
import { ChainBroken, type Fault } from './fault.js';
import type { KnownNodes } from './known-nodes.js';

/** The first thing in a file of checkpoints that the database does not bear out, and how many it does. */
export async function checkPublished(
  file: CheckpointFile,
  nodes: KnownNodes,
  query: Query,
): Promise<{ checked: number; fault: Fault | null }> {
  let line = 0;
  for await (const checkpoint of file.all()) {
    line += 1;
    const fault = checkpoint ? await faultOf(checkpoint, nodes, query) : notOne(line);
    if (fault) return { checked: line - 1, fault };
  }
  return { checked: line, fault: null };
}

const notOne = (line: number): Fault => ({ kind: 'checkpoint-forged', what: `line ${line} is not a checkpoint` });

async function faultOf(checkpoint: PublishedCheckpoint, nodes: KnownNodes, query: Query): Promise<Fault | null> {
  const { node: id, seq } = checkpoint;
  if (!isSigned(checkpointValues(checkpoint), checkpoint.signature, checkpoint.publicKey))
    return { node: id, seq, kind: 'checkpoint-forged', what: 'the signature of the checkpoint is wrong' };
  const node = nodes.find(id);
  if (!node)
    return {
      node: id,
      seq: 1,
      kind: 'truncated',
      what: `the whole chain is gone; a checkpoint says it came to ${seq}`,
    };
  if (node.publicKey !== checkpoint.publicKey)
    return {
      node: id,
      seq,
      kind: 'checkpoint-forged',
      what: 'the checkpoint is signed with a key that is not the node’s',
    };
  if (seq <= (await prunedThrough(id, nodes, query))) return null;
  const [entry] = await rowsOf(query, 'SELECT mac FROM audit_chain WHERE node = ? AND seq = ?', [id, seq]);
  if (!entry) return truncated(id, seq, query);
  if (textOf(entry, 'mac') === checkpoint.mac) return null;
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
