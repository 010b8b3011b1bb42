import { Column, Entity, Index } from 'typeorm';
import { IdColumn, JsonColumn, MomentColumn } from '../../platform/index.js';

/**
 * One administrative change. Rows are only ever added; nothing in the product changes what they say. Sealing sets their
 * mark, and retention, where it is asked for, takes them away together with their entries in the chain.
 */
@Entity('audit_event')
@Index('ix_audit_event_at', ['at', 'id'])
@Index('ix_audit_event_actor', ['actorId', 'at'])
@Index('ix_audit_event_action', ['action', 'at'])
@Index('ix_audit_event_mark', ['mark'])
export class TrailEntry {
  @IdColumn()
  id: string;

  @MomentColumn()
  at: Date;

  /** Null for what the system does by itself, for example at start. */
  @Column({ name: 'actor_id', type: 'varchar', length: 36, nullable: true })
  actorId: string | null;

  @Column({ name: 'actor_label', type: 'varchar', length: 254, nullable: true })
  actorLabel: string | null;

  @Column({ type: 'varchar', length: 64 })
  action: string;

  @Column({ name: 'target_kind', type: 'varchar', length: 32 })
  targetKind: string;

  @Column({ name: 'target_id', type: 'varchar', length: 128 })
  targetId: string;

  @Column({ name: 'target_name', type: 'varchar', length: 254 })
  targetName: string;

  @JsonColumn({ nullable: true })
  changes: Record<string, unknown> | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  ip: string | null;

  @Column({ name: 'request_id', type: 'varchar', length: 64 })
  requestId: string;

  /** `<root key>:<HMAC>` over the rest, made in the change's transaction: only what has it is sealed. Null before there was a chain. */
  @Column({ type: 'varchar', length: 80, nullable: true })
  mac: string | null;

  /** Where the chain has its entry; null until it is sealed, a moment after its transaction. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  mark: string | null;
}
