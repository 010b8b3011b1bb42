import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A node's signed word that its chain had come this far. */
@Entity('audit_checkpoint')
export class CheckpointRow {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  node: string;

  @PrimaryColumn({ type: 'bigint' })
  seq: number;

  /** How many entries were there, without those that were pruned. */
  @Column({ type: 'bigint' })
  entries: number;

  @Column({ type: 'varchar', length: 43 })
  mac: string;

  /** Epoch milliseconds. */
  @Column({ type: 'bigint' })
  at: number;

  @Column({ type: 'varchar', length: 86 })
  signature: string;
}
