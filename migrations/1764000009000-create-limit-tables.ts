import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** Rules for how often, how many at once and how many a day. */
export class CreateLimitTables1764000009000 implements MigrationInterface {
  name = 'CreateLimitTables1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(RULE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('limit_rule');
  }
}

const RULE = new Table({
  name: 'limit_rule',
  columns: [
    column.id(),
    column.text('subject_kind', 16),
    column.text('subject_id', 36),
    column.text('tool', 128),
    column.int('rate_per_minute', { isNullable: true }),
    column.int('concurrency', { isNullable: true }),
    column.int('queue_length', { isNullable: true }),
    column.int('daily_quota', { isNullable: true }),
    column.ref('created_by', true),
    column.moment('created_at'),
    column.moment('updated_at'),
    column.int('version'),
  ],
  indices: [
    new TableIndex({
      name: 'uq_limit_rule_subject',
      columnNames: ['subject_kind', 'subject_id', 'tool'],
      isUnique: true,
    }),
  ],
});
