import type { DataSource } from 'typeorm';
import type { SecretBox } from '../../platform/index.js';
import { newestNode } from '../chain/chain-node.js';
import { CheckpointFile } from '../chain/checkpoint-file.js';
import { checkpointValues, isSigned, type Checkpoint } from '../chain/checkpoint.js';
import { GapRow } from '../chain/gap.entity.js';
import { gapValues, type Gap } from '../chain/gap.js';
import { rowsOf, type Query } from '../chain/raw-rows.js';
import { TrailEntry } from '../trail/trail-entry.entity.js';
import { trailRow } from '../trail/trail-row.js';
import { ChainWalk, checkpointOf } from './chain-walk.js';
import { DeclaredGaps } from './declared-gaps.js';
import { ChainBroken } from './fault.js';
import { KnownNodes, type KnownNode } from './known-nodes.js';
import { judged } from './published-checkpoints.js';

const NODE = /^[a-z0-9]{1,16}$/;
const LONGEST_REASON = 500;
/** Walks to the end, and does not ask what is behind it. */
const TO_THE_END = { to: Number.MAX_SAFE_INTEGER };

/** Why a gap is not declared, for an operator. */
export class GapRefused extends Error {}

export interface GapDraft {
  node: string;
  reason: string;
  /** Who says so. */
  by: string;
}

/**
 * Says of a chain whose end is lost that it is known, and why: a signed row, and a change on the trail that the chain in
 * use takes in. What is there stays as it is.
 *
 * @param checkpointFile may be missing; what was kept elsewhere knows of more than what was restored
 * @throws {GapRefused} nothing of the chain is lost, or more is wrong with it than that
 */
export async function declareGap(
  database: DataSource,
  box: SecretBox,
  checkpointFile: string,
  { node, reason, by }: GapDraft,
): Promise<Gap> {
  if (!NODE.test(node)) throw new GapRefused(`"${node}" is not the name of a node.`);
  if (!reason.trim() || reason.length > LONGEST_REASON)
    throw new GapRefused(`A gap is declared with a reason of 1 to ${LONGEST_REASON} characters.`);
  const signer = await newestNode(database, box);
  if (!signer) throw new GapRefused('No chain is there to take the declaration in: start the product first.');
  const loss = await lossOf(node, database.query.bind(database), box, new CheckpointFile(checkpointFile));
  const at = new Date();
  const said = {
    node,
    at: at.getTime(),
    ...loss,
    reason: reason.trim(),
    declaredBy: by.slice(0, 254),
    signer: signer.id,
  };
  const gap = { ...said, signature: signer.sign(gapValues(said)) };
  const change = {
    action: 'audit.gap-declare',
    actor: null,
    target: { kind: 'audit-node', id: node, name: node },
    changes: { ...loss, reason: gap.reason, declaredBy: gap.declaredBy },
  };
  await database.transaction(async (manager) => {
    await manager.insert(GapRow, gap);
    await manager.insert(TrailEntry, trailRow(change, at, box));
  });
  return gap;
}

type Loss = Pick<Gap, 'after' | 'through' | 'newestAt'>;

/** @throws {GapRefused} */
async function lossOf(id: string, query: Query, box: SecretBox, file: CheckpointFile): Promise<Loss> {
  const known = await KnownNodes.read(query, box);
  const gaps = await DeclaredGaps.read(query, known);
  const node = known.find(id);
  const last = node ? await endOf(node, known, query) : 0;
  const lost = [
    ...(node ? await lostStored(node, last, gaps, query) : []),
    ...(await lostPublished(id, file, known, gaps, query)),
  ];
  const reach = gaps.reachOf(id);
  if (reach > last)
    throw new GapRefused(`The chain of node ${id} had ${reach} entries when a gap was declared before.`);
  if (lost.length === 0) throw new GapRefused(`Nothing of the chain of node ${id} is known to be lost.`);
  return {
    // A chain that went on after it was set back ends later than its loss begins.
    after: Math.min(last, ...lost.map(({ seq }) => seq - 1)),
    through: Math.max(...lost.map(({ seq }) => seq)),
    newestAt: Math.max(...lost.map(({ at }) => at)),
  };
}

/** @returns the number of the last entry. @throws {GapRefused} what is there is not what was written */
async function endOf(node: KnownNode, known: KnownNodes, query: Query): Promise<number> {
  try {
    return (await new ChainWalk(node, known, query).run(TO_THE_END)).last;
  } catch (error) {
    if (!(error instanceof ChainBroken)) throw error;
    throw refusedFor(node.id, error.fault.kind, error.message);
  }
}

/** Checkpoints that the database has kept of entries that it has not. */
async function lostStored(node: KnownNode, last: number, gaps: DeclaredGaps, query: Query): Promise<Checkpoint[]> {
  const sql = 'SELECT * FROM audit_checkpoint WHERE node = ? AND seq > ? ORDER BY seq';
  const stored = (await rowsOf(query, sql, [node.id, last])).map(checkpointOf);
  const forged = stored.find((each) => !isSigned(checkpointValues(each), each.signature, node.publicKey));
  if (forged) throw refusedFor(node.id, 'checkpoint-forged', `the checkpoint at ${forged.seq} is not the node’s`);
  return stored.filter((each) => !gaps.covers(each));
}

async function lostPublished(
  id: string,
  file: CheckpointFile,
  known: KnownNodes,
  gaps: DeclaredGaps,
  query: Query,
): Promise<Checkpoint[]> {
  const lost: Checkpoint[] = [];
  for await (const { checkpoint, fault } of judged(file, known, gaps, query)) {
    if (checkpoint?.node !== id || !fault) continue;
    if (fault.kind !== 'truncated') throw refusedFor(id, fault.kind, fault.what);
    lost.push(checkpoint);
  }
  return lost;
}

const refusedFor = (node: string, kind: string, what: string): GapRefused =>
  new GapRefused(
    `Only a lost end can be declared, and more is wrong with the chain of node ${node} (${kind}): ${what}.`,
  );
