import type { NodeVerdict, Verdict } from './chain-verifier.js';
import type { Gap } from '../chain/gap.js';
import type { Fault } from './fault.js';

/** A verdict for people at a terminal. */
export function verdictText(verdict: Verdict): string {
  const lines = verdict.nodes.map(nodeText);
  if (verdict.nodes.length === 0) lines.push('There is no chain.');
  lines.push(...verdict.gaps.map(gapText));
  if (verdict.publishedCheckpoints > 0) lines.push(`${verdict.publishedCheckpoints} checkpoints of the file agree.`);
  if (verdict.older > 0) lines.push(`${verdict.older} records are older than the first chain, and in none.`);
  if (verdict.unsealed > 0) lines.push(`${verdict.unsealed} changes of the last moment wait to be sealed.`);
  lines.push(verdict.isValid ? 'The record is what was written.' : '', ...verdict.faults.map(faultText));
  return lines.filter((line) => line !== '').join('\n');
}

function nodeText({ node, publicKey, fault, first, last, entries, checkpoints, prunedThrough }: NodeVerdict): string {
  const head = `Node ${node}, public key ${publicKey}`;
  if (fault) return `${head}: BROKEN`;
  const pruned = prunedThrough ? `; pruned up to ${prunedThrough}, as declared` : '';
  const range = entries === 0 ? 'no entries' : `entries ${first} to ${last}`;
  return `${head}: ${range}, ${checkpoints} checkpoints${pruned}`;
}

const gapText = ({ node, at, after, through, newestAt, reason, declaredBy }: Gap): string =>
  `GAP DECLARED in node ${node}: entries ${after + 1} to ${through}, signed until ${dateOf(newestAt)}, are lost; ` +
  `declared at ${dateOf(at)} by ${declaredBy}: ${reason}`;

const dateOf = (ms: number): string => new Date(ms).toISOString();

const faultText = ({ node, seq, kind, what }: Fault): string =>
  `WRONG (${kind})${node === undefined ? '' : ` in node ${node}`}${seq === undefined ? '' : `, first bad number ${seq}`}: ${what}`;
