import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { IdColumn, JsonColumn, MomentColumn, RefColumn } from '../platform/index.js';
import { ConversationRow } from './conversation.entity.js';

/** One message of a conversation, as the person saw it. */
@Entity('chat_message')
@Index('uq_chat_message_position', ['conversationId', 'position'], { unique: true })
export class MessageRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'conversation_id' })
  conversationId: string;

  @ManyToOne(() => ConversationRow, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conversation_id', foreignKeyConstraintName: 'fk_chat_message_conversation' })
  conversation?: Relation<ConversationRow>;

  /** Place in the conversation, from 1. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'varchar', length: 16 })
  role: 'user' | 'assistant';

  /** `StoredPart[]`; a type as deep as that is more than the ORM's types can follow. */
  @JsonColumn()
  parts: unknown;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;
}
