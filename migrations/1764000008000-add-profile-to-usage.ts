import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Through which profile a call came. Added in place: rebuilding the record of years would take as long. */
export class AddProfileToUsage1764000008000 implements MigrationInterface {
  name = 'AddProfileToUsage1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mcp_service_usage ADD COLUMN profile varchar(32)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mcp_service_usage DROP COLUMN profile');
  }
}
