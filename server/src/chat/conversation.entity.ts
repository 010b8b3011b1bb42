import { Column, Entity, Index } from 'typeorm';
import { IdColumn, JsonColumn, MomentColumn, RefColumn } from '../platform/index.js';

/** A conversation of one person; nobody else sees it. */
@Entity('chat_conversation')
@Index('ix_chat_conversation_user', ['userId', 'updatedAt', 'id'])
export class ConversationRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'user_id' })
  userId: string;

  /** Made of the first message; null until there is one. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  title: string | null;

  /** The services whose tools the model is offered. */
  @JsonColumn({ name: 'service_ids' })
  serviceIds: string[];

  /** Null: whichever model is the default when a message is sent. */
  @Column({ name: 'model_id', type: 'varchar', length: 240, nullable: true })
  modelId: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;
}
