import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** Profiles: curated sets of tools with endpoints and grants of their own. */
export class CreateProfileTables1764000007000 implements MigrationInterface {
  name = 'CreateProfileTables1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(PROFILE);
    await runner.createTable(ITEM);
    await runner.createTable(GRANT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mcp_profile_grant');
    await runner.dropTable('mcp_profile_item');
    await runner.dropTable('mcp_profile');
  }
}

const ofProfile = (name: string): TableForeignKey =>
  new TableForeignKey({
    name,
    columnNames: ['profile_id'],
    referencedTableName: 'mcp_profile',
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
    onUpdate: 'NO ACTION',
  });

const PROFILE = new Table({
  name: 'mcp_profile',
  columns: [
    column.id(),
    column.text('slug', 32),
    column.long('display_name'),
    column.long('description'),
    column.long('instructions'),
    column.text('mode', 16),
    column.flag('enabled', true),
    column.ref('created_by', true),
    column.moment('created_at'),
    column.moment('updated_at'),
    column.int('version'),
  ],
  indices: [new TableIndex({ name: 'uq_mcp_profile_slug', columnNames: ['slug'], isUnique: true })],
});

const ITEM = new Table({
  name: 'mcp_profile_item',
  columns: [
    column.id(),
    column.ref('profile_id'),
    column.int('position'),
    column.ref('service_id'),
    column.text('service_name', 120),
    column.text('tool', 128),
    column.text('alias', 64, { isNullable: true }),
    column.long('description', true),
    column.flag('content', false),
    column.long('except_tools'),
  ],
  indices: [
    new TableIndex({
      name: 'uq_mcp_profile_item',
      columnNames: ['profile_id', 'service_id', 'tool'],
      isUnique: true,
    }),
  ],
  foreignKeys: [ofProfile('fk_mcp_profile_item_profile')],
});

const GRANT = new Table({
  name: 'mcp_profile_grant',
  columns: [
    column.id(),
    column.ref('profile_id'),
    column.text('subject_kind', 16),
    column.text('subject_id', 36),
    column.text('effect', 8),
    column.ref('created_by', true),
    column.moment('created_at'),
  ],
  indices: [
    new TableIndex({
      name: 'uq_mcp_profile_grant',
      columnNames: ['profile_id', 'subject_kind', 'subject_id', 'effect'],
      isUnique: true,
    }),
    new TableIndex({ name: 'ix_mcp_profile_grant_subject', columnNames: ['subject_kind', 'subject_id'] }),
  ],
  foreignKeys: [ofProfile('fk_mcp_profile_grant_profile')],
});
