import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import { UserRecord } from '../users/user.entity.js';

/** A browser in which somebody signed in. */
@Entity('auth_session')
@Index('uq_auth_session_hash', ['tokenHash'], { unique: true })
@Index('ix_auth_session_user', ['userId'])
export class SessionRecord {
  @IdColumn()
  id: string;

  /** SHA-256 of the cookie's value, hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @RefColumn({ name: 'user_id' })
  userId: string;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  /** Up to a minute behind. */
  @MomentColumn({ name: 'last_seen_at' })
  lastSeenAt: Date;

  /** The end, however busy the session is. */
  @MomentColumn({ name: 'expires_at' })
  expiresAt: Date;

  @ManyToOne(() => UserRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_auth_session_user' })
  user?: Relation<UserRecord>;
}
