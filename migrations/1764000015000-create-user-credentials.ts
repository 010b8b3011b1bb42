import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

/** What people use services with that are to be used with an account of one's own. */
export class CreateUserCredentials1764000015000 implements MigrationInterface {
  name = 'CreateUserCredentials1764000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(USER_CREDENTIAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mcp_service_user_credential');
  }
}

const USER_CREDENTIAL = new Table({
  name: 'mcp_service_user_credential',
  columns: [
    column.id(),
    column.ref('service_id'),
    column.ref('user_id'),
    column.text('place', 64),
    column.long('auth'),
    column.moment('updated_at'),
  ],
  indices: [
    new TableIndex({
      name: 'uq_mcp_service_user_credential',
      columnNames: ['service_id', 'user_id'],
      isUnique: true,
    }),
    new TableIndex({ name: 'ix_mcp_service_user_credential_user', columnNames: ['user_id'] }),
  ],
  foreignKeys: [
    new TableForeignKey({
      name: 'fk_mcp_service_user_credential_service',
      columnNames: ['service_id'],
      referencedTableName: 'mcp_service',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    }),
  ],
});
