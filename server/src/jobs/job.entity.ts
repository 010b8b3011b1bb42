import { Column, Entity, Index } from 'typeorm';
import type { JobProgress, JobStatus } from '@gatehouse/contracts';
import type { KeptPrincipal } from '../auth/index.js';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn, RefColumn, longText } from '../platform/index.js';
import type { CallbackState, Delivery } from './callback/delivery.js';
import type { JobFailure, JobState } from './job.js';

/** Work that goes on after the request that asked for it. What runs it is a `JobHandler`; this is all that survives a restart. */
@Entity('job')
@Index('ix_job_status', ['status', 'createdAt', 'id'])
@Index('ix_job_owner', ['ownerId', 'createdAt', 'id'])
@Index('ix_job_callback', ['callbackDueAt'])
@Index('ix_job_expires', ['expiresAt'])
export class JobRow implements JobState {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 32 })
  kind: string;

  /** What it is called in lists; the words of whoever asked for it. */
  @Column({ type: 'varchar', length: 400 })
  title: string;

  @RefColumn({ name: 'owner_id' })
  ownerId: string;

  /** Id of the session or key that it was started with. */
  @RefColumn({ name: 'credential_id' })
  credentialId: string;

  @JsonColumn()
  principal: KeptPrincipal;

  /** What the handler needs to do it; gone once it is over. */
  @JsonColumn({ nullable: true })
  payload: unknown;

  @Column({ type: 'varchar', length: 16 })
  status: JobStatus;

  @JsonColumn({ nullable: true })
  progress: JobProgress | null;

  @JsonColumn({ nullable: true })
  result: unknown;

  @JsonColumn({ nullable: true })
  failure: JobFailure | null;

  @Column({ type: 'int' })
  attempts: number;

  @FlagColumn(false)
  idempotent: boolean;

  @FlagColumn(false, { name: 'cancel_requested' })
  cancelRequested: boolean;

  @RefColumn({ name: 'lease_owner', nullable: true })
  leaseOwner: string | null;

  @MomentColumn({ name: 'lease_until', nullable: true })
  leaseUntil: Date | null;

  @Column({ type: 'int' })
  fence: number;

  /** Address without its query, for people. */
  @Column({ name: 'callback_shown', type: 'varchar', length: 400, nullable: true })
  callbackShown: string | null;

  /** Address and signing secret, sealed for this row; gone once it was delivered or given up. */
  @Column({ name: 'sealed_callback', type: longText(), nullable: true })
  sealedCallback: string | null;

  @Column({ name: 'callback_state', type: 'varchar', length: 16, nullable: true })
  callbackState: CallbackState | null;

  /** When to try next. */
  @MomentColumn({ name: 'callback_due_at', nullable: true })
  callbackDueAt: Date | null;

  @JsonColumn()
  deliveries: Delivery[];

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'started_at', nullable: true })
  startedAt: Date | null;

  @MomentColumn({ name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @MomentColumn({ name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}
