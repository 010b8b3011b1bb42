import { Column, Entity, Index } from 'typeorm';
import type { Language } from '@gatehouse/contracts';
import { FlagColumn, IdColumn, MomentColumn } from '../../platform/index.js';

/** How a user came to be: made by an administrator, by an embed app, or by the operator's configuration. */
export const USER_SOURCES = ['local', 'embed', 'config'] as const;
export type UserSource = (typeof USER_SOURCES)[number];

/** Somebody who may sign in or act through a credential. */
@Entity('auth_user')
@Index('uq_auth_user_email', ['email'], { unique: true })
export class UserRecord {
  @IdColumn()
  id: string;

  /** Lower case and trimmed; see `normalEmail`. */
  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Column({ name: 'display_name', type: 'varchar', length: 120 })
  displayName: string;

  @Column({ type: 'varchar', length: 2, nullable: true })
  language: Language | null;

  /** PHC string of argon2id; null for somebody who cannot sign in with a password. */
  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash: string | null;

  @FlagColumn(true)
  enabled: boolean;

  @Column({ type: 'varchar', length: 16 })
  source: UserSource;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  /** Up to a minute behind. */
  @MomentColumn({ name: 'last_seen_at', nullable: true })
  lastSeenAt: Date | null;

  /** Counts changes; a change names the version that it saw. */
  @Column({ type: 'int' })
  version: number;
}
