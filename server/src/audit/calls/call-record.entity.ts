import { Column, Entity, Index } from 'typeorm';
import type { CallStatus, Door, ErrorCode } from '@gatehouse/contracts';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn } from '../../platform/index.js';

/**
 * One call or refusal, from whichever door. Names are copied in, so that the record still reads well after the user,
 * the key or the service is gone.
 */
@Entity('mcp_service_usage')
@Index('ix_usage_created', ['createdAt', 'id'])
@Index('ix_usage_service', ['serviceId', 'createdAt'])
@Index('ix_usage_user', ['userId', 'createdAt'])
@Index('ix_usage_chat', ['chatId'])
@Index('ix_usage_status', ['status', 'createdAt'])
export class CallRecord {
  @IdColumn()
  id: string;

  /** Null when no service of that name exists. */
  @Column({ name: 'service_id', type: 'varchar', length: 36, nullable: true })
  serviceId: string | null;

  @Column({ name: 'service_name', type: 'varchar', length: 200 })
  serviceName: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ name: 'user_email', type: 'varchar', length: 254 })
  userEmail: string;

  @Column({ name: 'user_name', type: 'varchar', length: 200 })
  userName: string;

  @Column({ name: 'credential_kind', type: 'varchar', length: 16 })
  credentialKind: string;

  @Column({ name: 'credential_id', type: 'varchar', length: 64 })
  credentialId: string;

  @Column({ name: 'credential_name', type: 'varchar', length: 254 })
  credentialName: string;

  @Column({ name: 'chat_id', type: 'varchar', length: 64, nullable: true })
  chatId: string | null;

  /** Slug of the profile whose endpoint the call came to. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  profile: string | null;

  @Column({ name: 'tool_name', type: 'varchar', length: 256 })
  toolName: string;

  @Column({ type: 'varchar', length: 16 })
  door: Door;

  @Column({ type: 'varchar', length: 16 })
  status: CallStatus;

  @Column({ type: 'varchar', length: 8 })
  decision: 'allow' | 'deny';

  @Column({ name: 'error_code', type: 'varchar', length: 64, nullable: true })
  errorCode: ErrorCode | null;

  /** Which rule refused it, in words. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  rule: string | null;

  /** Arguments, masked; cut when long. */
  @JsonColumn({ name: 'request_data', nullable: true })
  requestData: unknown;

  /** The answer, masked; cut when long. */
  @JsonColumn({ name: 'response_data', nullable: true })
  responseData: unknown;

  @Column({ name: 'request_bytes', type: 'int', default: 0 })
  requestBytes: number;

  @Column({ name: 'response_bytes', type: 'int', default: 0 })
  responseBytes: number;

  /** Null while it runs. */
  @Column({ name: 'duration_ms', type: 'int', nullable: true })
  durationMs: number | null;

  @FlagColumn(false)
  cached: boolean;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** Where the chain has the entry of its beginning; null for what was recorded before there was a chain. */
  @Column({ name: 'opened_mark', type: 'varchar', length: 40, nullable: true })
  openedMark: string | null;

  /** The same of its end; of a refusal it is one entry. */
  @Column({ name: 'closed_mark', type: 'varchar', length: 40, nullable: true })
  closedMark: string | null;
}
