import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const CONVERSATIONS = new Table({
  name: 'chat_conversation',
  columns: [
    column.id(),
    column.ref('user_id'),
    column.text('title', 200, { isNullable: true }),
    column.long('service_ids'),
    column.text('model_id', 240, { isNullable: true }),
    column.moment('created_at'),
    column.moment('updated_at'),
  ],
  indices: [new TableIndex({ name: 'ix_chat_conversation_user', columnNames: ['user_id', 'updated_at', 'id'] })],
});

const MESSAGES = new Table({
  name: 'chat_message',
  columns: [
    column.id(),
    column.ref('conversation_id'),
    column.int('position'),
    column.text('role', 16),
    column.long('parts'),
    column.moment('created_at'),
  ],
  indices: [
    new TableIndex({ name: 'uq_chat_message_position', columnNames: ['conversation_id', 'position'], isUnique: true }),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_chat_message_conversation',
      columnNames: ['conversation_id'],
      referencedTableName: 'chat_conversation',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    }),
  ],
});

/** Conversations and their messages; deleting a conversation takes its messages along. */
export class CreateChatTables1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(CONVERSATIONS, true);
    await runner.createTable(MESSAGES, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(MESSAGES, true);
    await runner.dropTable(CONVERSATIONS, true);
  }
}
