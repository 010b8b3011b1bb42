import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn, RefColumn } from '../../platform/index.js';
import { UserRecord } from '../users/user.entity.js';

/** A web application that shows the chat widget to its own users. */
@Entity('auth_embed_app')
@Index('uq_auth_embed_app_name', ['name'], { unique: true })
@Index('uq_auth_embed_app_hash', ['secretHash'], { unique: true })
export class EmbedAppRecord {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 80 })
  name: string;

  /** Exact origins of the pages that may hold the widget. */
  @JsonColumn({ name: 'allowed_origins' })
  allowedOrigins: string[];

  /** Whether the app's word is enough to create a user who is unknown here. */
  @FlagColumn(false, { name: 'create_users' })
  createUsers: boolean;

  /** SHA-256 of the secret, hex. */
  @Column({ name: 'secret_hash', type: 'varchar', length: 64 })
  secretHash: string;

  @Column({ type: 'varchar', length: 16 })
  prefix: string;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  /** Up to a minute behind. */
  @MomentColumn({ name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'int' })
  version: number;
}

/** One widget on one page, for one user, for a few minutes. */
@Entity('auth_embed_session')
@Index('uq_auth_embed_session_hash', ['tokenHash'], { unique: true })
@Index('ix_auth_embed_session_app', ['appId'])
@Index('ix_auth_embed_session_user', ['userId'])
export class EmbedSessionRecord {
  @IdColumn()
  id: string;

  /** SHA-256 of the token, hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @RefColumn({ name: 'app_id' })
  appId: string;

  @RefColumn({ name: 'user_id' })
  userId: string;

  /** The only origin from which the token is good. */
  @Column({ type: 'varchar', length: 255 })
  origin: string;

  @JsonColumn()
  scopes: Permission[];

  /** How the app calls the user; for its own records only. */
  @Column({ name: 'external_id', type: 'varchar', length: 128, nullable: true })
  externalId: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'expires_at' })
  expiresAt: Date;

  @ManyToOne(() => EmbedAppRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'app_id', foreignKeyConstraintName: 'fk_auth_embed_session_app' })
  app?: Relation<EmbedAppRecord>;

  @ManyToOne(() => UserRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_auth_embed_session_user' })
  user?: Relation<UserRecord>;
}
