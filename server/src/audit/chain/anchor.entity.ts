import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A node's chain was pruned up to here: what is left begins behind this MAC. */
@Entity('audit_anchor')
export class AnchorRow {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  node: string;

  /** Of the last entry that is gone. */
  @Column({ type: 'bigint' })
  seq: number;

  @Column({ type: 'varchar', length: 43 })
  mac: string;

  /** Epoch milliseconds. */
  @Column({ type: 'bigint' })
  at: number;

  /** Node that pruned and signed. */
  @Column({ type: 'varchar', length: 16 })
  signer: string;

  @Column({ type: 'varchar', length: 86 })
  signature: string;
}
