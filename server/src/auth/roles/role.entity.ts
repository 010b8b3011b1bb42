import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { JsonColumn } from '../../platform/index.js';
import { UserRecord } from '../users/user.entity.js';

/** A role that somebody defined here; the built-in ones are in libs/contracts. */
@Entity('auth_role')
export class RoleRecord {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  name: string;

  @Column({ type: 'varchar', length: 80 })
  title: string;

  @JsonColumn()
  permissions: Permission[];
}

/** A user has a role, built-in or defined here. */
@Entity('auth_user_role')
@Index('ix_auth_user_role_role', ['role'])
export class RoleAssignment {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @PrimaryColumn({ type: 'varchar', length: 40 })
  role: string;

  @ManyToOne(() => UserRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_auth_user_role_user' })
  user?: Relation<UserRecord>;
}
