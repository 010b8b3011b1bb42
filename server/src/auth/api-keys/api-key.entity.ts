import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { IdColumn, JsonColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import { UserRecord } from '../users/user.entity.js';

/** Lets a program act for a user, with some of the user's permissions. */
@Entity('auth_api_key')
@Index('uq_auth_api_key_hash', ['secretHash'], { unique: true })
@Index('ix_auth_api_key_user', ['userId', 'createdAt', 'id'])
export class ApiKeyRecord {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'user_id' })
  userId: string;

  @Column({ type: 'varchar', length: 80 })
  name: string;

  /** SHA-256 of the secret, hex. */
  @Column({ name: 'secret_hash', type: 'varchar', length: 64 })
  secretHash: string;

  /** The first characters of the secret, by which a person recognises it. */
  @Column({ type: 'varchar', length: 16 })
  prefix: string;

  @JsonColumn()
  scopes: Permission[];

  /** Null: every service that the user may use. */
  @JsonColumn({ name: 'service_ids', nullable: true })
  serviceIds: string[] | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** Up to a minute behind. */
  @MomentColumn({ name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @MomentColumn({ name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @ManyToOne(() => UserRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_auth_api_key_user' })
  user?: Relation<UserRecord>;
}
