import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntryKind } from './chain-format.js';

/** One link of a node's chain; only ever added, and pruned from its beginning. */
@Entity('audit_chain')
export class ChainEntry {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  node: string;

  @PrimaryColumn({ type: 'bigint' })
  seq: number;

  @Column({ type: 'varchar', length: 16 })
  kind: EntryKind;

  /** Id of the call or of the administrative change. */
  @Column({ name: 'record_id', type: 'varchar', length: 36 })
  recordId: string;

  /** Epoch milliseconds. */
  @Column({ type: 'bigint' })
  at: number;

  @Column({ name: 'key_id', type: 'varchar', length: 32 })
  keyId: string;

  @Column({ type: 'varchar', length: 43 })
  digest: string;

  @Column({ type: 'varchar', length: 43 })
  mac: string;
}
