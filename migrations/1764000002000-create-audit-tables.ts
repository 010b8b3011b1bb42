import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const USAGE = new Table({
  name: 'mcp_service_usage',
  columns: [
    column.id(),
    column.ref('service_id', true),
    column.text('service_name', 200),
    column.ref('user_id'),
    column.text('user_email', 254),
    column.text('user_name', 200),
    column.text('credential_kind', 16),
    column.text('credential_id', 64),
    column.text('credential_name', 254),
    column.text('chat_id', 64, { isNullable: true }),
    column.text('tool_name', 256),
    column.text('door', 16),
    column.text('status', 16),
    column.text('decision', 8),
    column.text('error_code', 64, { isNullable: true }),
    column.text('rule', 500, { isNullable: true }),
    column.long('request_data', true),
    column.long('response_data', true),
    column.int('request_bytes', { default: 0 }),
    column.int('response_bytes', { default: 0 }),
    column.int('duration_ms', { isNullable: true }),
    column.flag('cached', false),
    column.moment('created_at'),
    column.moment('finished_at', true),
  ],
  indices: [
    new TableIndex({ name: 'ix_usage_created', columnNames: ['created_at', 'id'] }),
    new TableIndex({ name: 'ix_usage_service', columnNames: ['service_id', 'created_at'] }),
    new TableIndex({ name: 'ix_usage_user', columnNames: ['user_id', 'created_at'] }),
    new TableIndex({ name: 'ix_usage_chat', columnNames: ['chat_id'] }),
    new TableIndex({ name: 'ix_usage_status', columnNames: ['status', 'created_at'] }),
  ],
});

const TRAIL = new Table({
  name: 'audit_event',
  columns: [
    column.id(),
    column.moment('at'),
    column.ref('actor_id', true),
    column.text('actor_label', 254, { isNullable: true }),
    column.text('action', 64),
    column.text('target_kind', 32),
    column.text('target_id', 128),
    column.text('target_name', 254),
    column.long('changes', true),
    column.text('ip', 64, { isNullable: true }),
    column.text('request_id', 64),
  ],
  indices: [
    new TableIndex({ name: 'ix_audit_event_at', columnNames: ['at', 'id'] }),
    new TableIndex({ name: 'ix_audit_event_actor', columnNames: ['actor_id', 'at'] }),
    new TableIndex({ name: 'ix_audit_event_action', columnNames: ['action', 'at'] }),
  ],
});

/** The record of calls and the trail of administrative changes. No foreign keys: records outlive what they name. */
export class CreateAuditTables1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(USAGE, true);
    await runner.createTable(TRAIL, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TRAIL, true);
    await runner.dropTable(USAGE, true);
  }
}
