import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { IdColumn, MomentColumn } from '../../platform/index.js';
import { UserRecord } from '../users/user.entity.js';

/** People who are granted services together. */
@Entity('auth_group')
@Index('uq_auth_group_name', ['name'], { unique: true })
export class GroupRecord {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 80 })
  name: string;

  @Column({ type: 'varchar', length: 500 })
  description: string;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  /** Counts changes of name and description; members do not count. */
  @Column({ type: 'int' })
  version: number;
}

/** A user belongs to a group. */
@Entity('auth_membership')
@Index('ix_auth_membership_user', ['userId'])
export class MembershipRecord {
  @PrimaryColumn({ name: 'group_id', type: 'varchar', length: 36 })
  groupId: string;

  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @MomentColumn({ name: 'added_at' })
  addedAt: Date;

  @ManyToOne(() => GroupRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'group_id', foreignKeyConstraintName: 'fk_auth_membership_group' })
  group?: Relation<GroupRecord>;

  @ManyToOne(() => UserRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_auth_membership_user' })
  user?: Relation<UserRecord>;
}
