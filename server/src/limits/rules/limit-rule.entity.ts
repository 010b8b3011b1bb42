import { Column, Entity, Index } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import type { SubjectKind } from './rule.js';

/**
 * One rule. Where a subject has no id or no tool the column holds an empty text, not null: a unique index treats every
 * null as different, and the same subject could have two rules.
 */
@Entity('limit_rule')
@Index('uq_limit_rule_subject', ['subjectKind', 'subjectId', 'tool'], { unique: true })
export class LimitRuleRow {
  @IdColumn()
  id: string;

  @Column({ name: 'subject_kind', type: 'varchar', length: 16 })
  subjectKind: SubjectKind;

  /** Of the group, user, key or service; for a tool, of its service. Empty for everyone. */
  @Column({ name: 'subject_id', type: 'varchar', length: 36 })
  subjectId: string;

  /** Empty for anything but a tool. */
  @Column({ type: 'varchar', length: 128 })
  tool: string;

  @Column({ name: 'rate_per_minute', type: 'int', nullable: true })
  ratePerMinute: number | null;

  @Column({ type: 'int', nullable: true })
  concurrency: number | null;

  @Column({ name: 'queue_length', type: 'int', nullable: true })
  queue: number | null;

  @Column({ name: 'daily_quota', type: 'int', nullable: true })
  dailyQuota: number | null;

  /** A user's id. */
  @RefColumn({ name: 'created_by', nullable: true })
  createdBy: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;

  @Column({ type: 'int' })
  version: number;
}
