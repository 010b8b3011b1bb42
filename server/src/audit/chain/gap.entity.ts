import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody's signed word that the end of a node's chain is lost, and why. Only ever added. */
@Entity('audit_gap')
export class GapRow {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  node: string;

  /** When it was declared, epoch milliseconds. */
  @PrimaryColumn({ type: 'bigint' })
  at: number;

  /** Last entry that is there; 0 where nothing is. */
  @Column({ name: 'after_seq', type: 'bigint' })
  after: number;

  /** Last entry that is known to have been there. */
  @Column({ name: 'through_seq', type: 'bigint' })
  through: number;

  /** When the newest lost checkpoint was signed, epoch milliseconds. */
  @Column({ name: 'newest_at', type: 'bigint' })
  newestAt: number;

  @Column({ type: 'varchar', length: 500 })
  reason: string;

  @Column({ name: 'declared_by', type: 'varchar', length: 254 })
  declaredBy: string;

  /** Node whose key signed it. */
  @Column({ type: 'varchar', length: 16 })
  signer: string;

  @Column({ type: 'varchar', length: 86 })
  signature: string;
}
