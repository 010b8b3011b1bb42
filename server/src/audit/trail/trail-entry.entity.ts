import { Column, Entity, Index } from 'typeorm';
import { IdColumn, JsonColumn, MomentColumn } from '../../platform/index.js';

/** One administrative change. Rows are only ever added; nothing in the product updates or deletes them. */
@Entity('audit_event')
@Index('ix_audit_event_at', ['at', 'id'])
@Index('ix_audit_event_actor', ['actorId', 'at'])
@Index('ix_audit_event_action', ['action', 'at'])
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
}
