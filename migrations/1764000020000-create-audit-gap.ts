import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const bigint = (name: string, isPrimary = false): TableColumn => new TableColumn({ name, type: 'bigint', isPrimary });

const AUDIT_GAP = new Table({
  name: 'audit_gap',
  columns: [
    column.text('node', 16, { isPrimary: true }),
    bigint('at', true),
    bigint('after_seq'),
    bigint('through_seq'),
    bigint('newest_at'),
    column.text('reason', 500),
    column.text('declared_by', 254),
    column.text('signer', 16),
    column.text('signature', 86),
  ],
});

/** What a restored backup did not have of a chain, once somebody has said so. */
export class CreateAuditGap1764000020000 implements MigrationInterface {
  name = 'CreateAuditGap1764000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(AUDIT_GAP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_gap');
  }
}
