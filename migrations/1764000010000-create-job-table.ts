import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const JOBS = new Table({
  name: 'job',
  columns: [
    column.id(),
    column.text('kind', 32),
    column.text('title', 400),
    column.ref('owner_id'),
    column.ref('credential_id'),
    column.long('principal'),
    column.long('payload', true),
    column.text('status', 16),
    column.long('progress', true),
    column.long('result', true),
    column.long('failure', true),
    column.int('attempts'),
    column.flag('idempotent', false),
    column.flag('cancel_requested', false),
    column.ref('lease_owner', true),
    column.moment('lease_until', true),
    column.int('fence'),
    column.text('callback_shown', 400, { isNullable: true }),
    column.long('sealed_callback', true),
    column.text('callback_state', 16, { isNullable: true }),
    column.moment('callback_due_at', true),
    column.long('deliveries'),
    column.moment('created_at'),
    column.moment('started_at', true),
    column.moment('finished_at', true),
    column.moment('expires_at', true),
  ],
  indices: [
    new TableIndex({ name: 'ix_job_status', columnNames: ['status', 'created_at', 'id'] }),
    new TableIndex({ name: 'ix_job_owner', columnNames: ['owner_id', 'created_at', 'id'] }),
    new TableIndex({ name: 'ix_job_callback', columnNames: ['callback_due_at'] }),
    new TableIndex({ name: 'ix_job_expires', columnNames: ['expires_at'] }),
  ],
});

/** Work that goes on after the request that asked for it. */
export class CreateJobTable1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(JOBS, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(JOBS, true);
  }
}
