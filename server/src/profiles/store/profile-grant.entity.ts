import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import { ProfileRow } from './profile.entity.js';

/** Lets, or forbids, somebody to use what a profile offers, through its endpoint. */
@Entity('mcp_profile_grant')
@Index('uq_mcp_profile_grant', ['profileId', 'subjectKind', 'subjectId', 'effect'], { unique: true })
@Index('ix_mcp_profile_grant_subject', ['subjectKind', 'subjectId'])
export class ProfileGrantRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'profile_id' })
  profileId: string;

  @ManyToOne(() => ProfileRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'profile_id', foreignKeyConstraintName: 'fk_mcp_profile_grant_profile' })
  profile?: Relation<ProfileRow>;

  @Column({ name: 'subject_kind', type: 'varchar', length: 16 })
  subjectKind: 'everyone' | 'group' | 'user';

  /** Empty for everyone. */
  @Column({ name: 'subject_id', type: 'varchar', length: 36 })
  subjectId: string;

  @Column({ type: 'varchar', length: 8 })
  effect: 'allow' | 'deny';

  /** A user's id; null when no person made it. */
  @RefColumn({ name: 'created_by', nullable: true })
  createdBy: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;
}

/** The columns alone, without the relation, which only the foreign key needs. */
export type ProfileGrantColumns = Omit<ProfileGrantRow, 'profile'>;
