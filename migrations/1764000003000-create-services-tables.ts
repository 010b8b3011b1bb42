import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** Registered MCP services, and who may use them. */
export class CreateServicesTables1764000003000 implements MigrationInterface {
  name = 'CreateServicesTables1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(SERVICE);
    await runner.createTable(GRANT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mcp_service_grant');
    await runner.dropTable('mcp_service');
  }
}

const SERVICE = new Table({
  name: 'mcp_service',
  columns: [
    column.id(),
    column.text('slug', 32),
    column.text('name', 120),
    column.long('display_name'),
    column.long('description'),
    column.text('category', 64, { isNullable: true }),
    column.long('tags'),
    column.text('type', 16),
    column.text('url', 2048, { isNullable: true }),
    column.long('config'),
    column.long('auth', true),
    column.flag('enabled', true),
    column.text('status', 16),
    column.long('capabilities', true),
    column.long('access_control'),
    column.ref('created_by', true),
    column.moment('created_at'),
    column.moment('updated_at'),
    column.int('version'),
  ],
  indices: [new TableIndex({ name: 'uq_mcp_service_slug', columnNames: ['slug'], isUnique: true })],
});

const GRANT = new Table({
  name: 'mcp_service_grant',
  columns: [
    column.id(),
    column.ref('service_id'),
    column.text('subject_kind', 16),
    column.text('subject_id', 36),
    column.text('tool', 128),
    column.text('effect', 8),
    column.ref('created_by', true),
    column.moment('created_at'),
  ],
  indices: [
    new TableIndex({
      name: 'uq_mcp_service_grant',
      columnNames: ['service_id', 'subject_kind', 'subject_id', 'tool', 'effect'],
      isUnique: true,
    }),
    new TableIndex({ name: 'ix_mcp_service_grant_subject', columnNames: ['subject_kind', 'subject_id'] }),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_mcp_service_grant_service',
      columnNames: ['service_id'],
      referencedTableName: 'mcp_service',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    }),
  ],
});
