import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column } from '../server/src/platform/index.js';

const KEYS = new Table({
  name: 'idempotency_key',
  columns: [
    column.id(),
    column.text('owner', 80),
    column.text('key_text', 128),
    column.text('fingerprint', 64),
    column.text('state', 16),
    column.ref('lease_owner'),
    column.moment('lease_until'),
    column.long('answer', true),
    column.long('body', true),
    column.moment('created_at'),
    column.moment('expires_at'),
  ],
  indices: [
    new TableIndex({ name: 'uq_idempotency_key', columnNames: ['owner', 'key_text'], isUnique: true }),
    new TableIndex({ name: 'ix_idempotency_key_expires', columnNames: ['expires_at'] }),
  ],
});

/** Which requests with an `Idempotency-Key` were begun, and how they were answered. */
export class CreateIdempotencyTable1764000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(KEYS, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(KEYS, true);
  }
}
