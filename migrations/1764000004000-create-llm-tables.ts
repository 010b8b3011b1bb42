import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const PROVIDERS = new Table({
  name: 'llm_provider',
  columns: [
    column.id(),
    column.text('name', 80),
    column.text('kind', 32),
    column.text('base_url', 2048),
    column.text('model', 200),
    column.long('models'),
    column.long('sealed_key', true),
    column.flag('is_default', false),
    column.int('context_tokens'),
    column.flag('enabled', true),
    column.int('version'),
    column.moment('created_at'),
    column.moment('updated_at'),
  ],
  indices: [new TableIndex({ name: 'uq_llm_provider_name', columnNames: ['name'], isUnique: true })],
});

/** The endpoints that offer language models. */
export class CreateLlmTables1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(PROVIDERS, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(PROVIDERS, true);
  }
}
