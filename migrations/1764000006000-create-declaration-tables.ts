import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** What of a declaration file was applied last. */
export class CreateDeclarationTables1764000006000 implements MigrationInterface {
  name = 'CreateDeclarationTables1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(ITEM);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('declared_item');
  }
}

const ITEM = new Table({
  name: 'declared_item',
  columns: [
    new TableColumn({ name: 'kind', type: 'varchar', length: '16', isPrimary: true }),
    new TableColumn({ name: 'item_key', type: 'varchar', length: '254', isPrimary: true }),
    column.text('digest', 512),
    column.moment('applied_at'),
  ],
});
