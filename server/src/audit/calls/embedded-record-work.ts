import type { KeyObject } from 'node:crypto';
import { extname } from 'node:path';
import type { StatementSync } from 'node:sqlite';
import type { ChainHead, EntryKind, Value } from '../chain/chain-format.js';
import type { RecordWrite } from './record-writer.js';

/*
 * What the thread of the embedded database does with a batch of records. Loaded there by its file name, and so is what
 * it needs: built code runs as .js, tests run the sources.
 */
const format = new URL(`../chain/chain-format${extname(import.meta.url)}`, import.meta.url).href;
const { digestOf, macOf, markOf } = (await import(format)) as typeof import('../chain/chain-format.js');

/** What the thread is told about the chain that it writes. */
export interface ChainTask {
  node: string;
  keyId: string;
  key: KeyObject;
  /** Where a chain without entries begins. */
  genesis: string;
  sql: Record<'open' | 'close' | 'seal' | 'chain' | 'head', string>;
  /** How many of a record's values are its opening columns. */
  openingColumns: number;
}

/** A batch is the JSON of its `RecordWrite`s. Called for each connection anew, so that the chain goes on from what is durable. Runs inside a transaction. */
export function createWork(statement: (sql: string) => StatementSync, task: ChainTask) {
  const { node, keyId, key, sql } = task;
  let head = (statement(sql.head).get(node) as ChainHead | undefined) ?? { seq: 0, mac: task.genesis };

  function link(kind: EntryKind, recordId: string, values: readonly Value[]): void {
    const at = Date.now();
    const entry = { node, seq: head.seq + 1, kind, recordId, at, keyId, digest: digestOf(values) };
    const mac = macOf(key, head.mac, entry);
    statement(sql.chain).run(node, entry.seq, kind, recordId, at, keyId, entry.digest, mac);
    head = { seq: entry.seq, mac };
  }

  function write({ event, id, values }: RecordWrite): void {
    const mark = markOf({ node, seq: head.seq + 1 });
    switch (event) {
      case 'intent':
        statement(sql.open).run(...values, mark, null);
        return link(event, id, values.slice(0, task.openingColumns));
      case 'refusal':
        statement(sql.open).run(...values, mark, mark);
        return link(event, id, values);
      case 'trail':
        if (statement(sql.seal).run(mark, id).changes === 1) link(event, id, values);
        return;
      case 'outcome':
      case 'unknown':
        if (statement(sql.close).run(...values, mark, id).changes === 1) link(event, id, [id, ...values]);
    }
  }

  return (writes: string): ChainHead => {
    for (const each of JSON.parse(writes) as RecordWrite[]) write(each);
    return head;
  };
}
