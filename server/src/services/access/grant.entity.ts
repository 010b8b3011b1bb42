import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import { ServiceRow } from '../registry/service.entity.js';

/**
 * One grant. Where a rule has no subject id or no tool the column holds an empty text, not null: a unique index treats
 * every null as different, and the same grant could be stored twice.
 */
@Entity('mcp_service_grant')
@Index('uq_mcp_service_grant', ['serviceId', 'subjectKind', 'subjectId', 'tool', 'effect'], { unique: true })
@Index('ix_mcp_service_grant_subject', ['subjectKind', 'subjectId'])
export class GrantRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'service_id' })
  serviceId: string;

  @ManyToOne(() => ServiceRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'service_id', foreignKeyConstraintName: 'fk_mcp_service_grant_service' })
  service?: Relation<ServiceRow>;

  @Column({ name: 'subject_kind', type: 'varchar', length: 16 })
  subjectKind: 'everyone' | 'group' | 'user';

  /** Empty for everyone. */
  @Column({ name: 'subject_id', type: 'varchar', length: 36 })
  subjectId: string;

  /** Empty for the whole service. */
  @Column({ type: 'varchar', length: 128 })
  tool: string;

  @Column({ type: 'varchar', length: 8 })
  effect: 'allow' | 'deny';

  /** A user's id; null when the declaration file made it. */
  @RefColumn({ name: 'created_by', nullable: true })
  createdBy: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;
}

/** The columns alone, without the relation, which only the foreign key needs. */
export type GrantColumns = Omit<GrantRow, 'service'>;
