import { Table, TableColumn, TableForeignKey, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** What was accepted, and what is held, of the tools of each service. */
export class CreateToolReview1764000021000 implements MigrationInterface {
  name = 'CreateToolReview1764000021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(TOOL_REVIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mcp_service_tool_review');
  }
}

const TOOL_REVIEW = new Table({
  name: 'mcp_service_tool_review',
  columns: [
    new TableColumn({ name: 'service_id', type: 'varchar', length: '36', isPrimary: true }),
    column.long('tools'),
    column.moment('updated_at'),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_mcp_service_tool_review_service',
      columnNames: ['service_id'],
      referencedTableName: 'mcp_service',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    }),
  ],
});
