import { createHmac, hash, type KeyObject } from 'node:crypto';

/*
 * What an entry of the chain says, and how it is computed. Imports nothing of ours: the thread that writes records on
 * the embedded database loads this file by its name.
 */

/** Changes when what is hashed changes; old entries keep the version that they were made with. */
const VERSION = 'v1';

/** What a column holds, as both databases give it back. */
export type Value = string | number | null;

/**
 * What became durable: a call that is about to happen, how it ended, one that was refused, one whose end nobody knows,
 * an administrative change.
 */
export type EntryKind = 'intent' | 'outcome' | 'refusal' | 'unknown' | 'trail';

/** One link of a node's chain. */
export interface Entry {
  node: string;
  /** From 1, without gaps. */
  seq: number;
  kind: EntryKind;
  /** The call's or the change's id. */
  recordId: string;
  /** When it was written, ms since the epoch. */
  at: number;
  /** Root key that the chain's key was derived from. */
  keyId: string;
  /** Over the columns that this event wrote. */
  digest: string;
}

/** Where a chain stands: its newest entry. */
export interface ChainHead {
  seq: number;
  mac: string;
}

/**
 * One text for a list of values and no other list: each with its length in front. Lengths count UTF-16 units, so that a
 * lone surrogate, which a database keeps as U+FFFD, reads the same before and after.
 */
export function canonical(values: readonly Value[]): string {
  let text = '';
  for (const value of values) {
    if (value === null) text += '~';
    else {
      const part = String(value);
      text += `${part.length}:${part}`;
    }
  }
  return text;
}

/** SHA-256 of what an event wrote, base64url. */
export const digestOf = (values: readonly Value[]): string => hash('sha256', canonical(values), 'base64url');

/**
 * HMAC-SHA256 of an entry and of everything before it, base64url.
 *
 * @param key an object, because one that is given as bytes is prepared anew for each entry, four times as slowly
 * @param previous MAC of the entry before
 */
export const macOf = (key: KeyObject, previous: string, entry: Entry): string =>
  createHmac('sha256', key)
    .update(
      canonical([
        VERSION,
        previous,
        entry.node,
        entry.seq,
        entry.kind,
        entry.recordId,
        entry.at,
        entry.keyId,
        entry.digest,
      ]),
    )
    .digest('base64url');

/** Where a record says its entry is; kept in the record. */
export const markOf = ({ node, seq }: Pick<Entry, 'node' | 'seq'>): string => `${node}/${seq}`;

/** The other way round; null for what is no mark. */
export function placeOf(mark: string | null): { node: string; seq: number } | null {
  const [, node, seq] = /^([a-z0-9]{1,16})\/(\d{1,15})$/.exec(mark ?? '') ?? [];
  return node && seq ? { node, seq: Number(seq) } : null;
}
