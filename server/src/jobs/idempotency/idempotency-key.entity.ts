import { Column, Entity, Index } from 'typeorm';
import { IdColumn, JsonColumn, MomentColumn, RefColumn, longText } from '../../platform/index.js';

/** What a repeated request is given back. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One `Idempotency-Key` that somebody used. The unique index decides which of two requests is the first. */
@Entity('idempotency_key')
@Index('uq_idempotency_key', ['owner', 'keyText'], { unique: true })
@Index('ix_idempotency_key_expires', ['expiresAt'])
export class IdempotencyKeyRow {
  @IdColumn()
  id: string;

  /** User and credential. */
  @Column({ type: 'varchar', length: 80 })
  owner: string;

  @Column({ name: 'key_text', type: 'varchar', length: 128 })
  keyText: string;

  /** SHA-256 of route and body, hex. */
  @Column({ type: 'varchar', length: 64 })
  fingerprint: string;

  /** `unknown`: the process that answered it is gone. */
  @Column({ type: 'varchar', length: 16 })
  state: 'running' | 'done' | 'unknown';

  /** The process that answers it. */
  @RefColumn({ name: 'lease_owner' })
  leaseOwner: string;

  @MomentColumn({ name: 'lease_until' })
  leaseUntil: Date;

  @JsonColumn({ nullable: true })
  answer: KeptAnswer | null;

  /** JSON, byte for byte; null while it runs, and when it was too large to keep. */
  @Column({ type: longText(), nullable: true })
  body: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'expires_at' })
  expiresAt: Date;
}
