import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn, longText } from '../../platform/index.js';
import { ServiceRow } from '../registry/service.entity.js';

/** What one person uses one service with. */
@Entity('mcp_service_user_credential')
@Index('uq_mcp_service_user_credential', ['serviceId', 'userId'], { unique: true })
@Index('ix_mcp_service_user_credential_user', ['userId'])
export class UserCredentialRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'service_id' })
  serviceId: string;

  @ManyToOne(() => ServiceRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'service_id', foreignKeyConstraintName: 'fk_mcp_service_user_credential_service' })
  service?: Relation<ServiceRow>;

  @RefColumn({ name: 'user_id' })
  userId: string;

  /** Where it may be sent: a hash of what the service was when it was entered. */
  @Column({ type: 'varchar', length: 64 })
  place: string;

  /** Sealed for this service and this person. */
  @Column({ type: longText() })
  auth: string;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;
}
