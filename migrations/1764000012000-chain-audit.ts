import { Table, TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { column, databaseKind } from '../server/src/platform/index.js';

const bigint = (name: string, isPrimary = false): TableColumn => new TableColumn({ name, type: 'bigint', isPrimary });

const node = (name = 'node', isPrimary = true): TableColumn => column.text(name, 16, { isPrimary });

const TABLES = [
  new Table({
    name: 'audit_node',
    columns: [
      node('id'),
      column.moment('created_at'),
      bigint('records_before'),
      column.text('public_key', 120),
      column.text('signing_key', 512),
      column.text('key_id', 32),
      column.text('mac', 43),
    ],
  }),
  new Table({
    name: 'audit_chain',
    columns: [
      node(),
      bigint('seq', true),
      column.text('kind', 16),
      column.ref('record_id'),
      bigint('at'),
      column.text('key_id', 32),
      column.text('digest', 43),
      column.text('mac', 43),
    ],
  }),
  new Table({
    name: 'audit_checkpoint',
    columns: [
      node(),
      bigint('seq', true),
      bigint('entries'),
      column.text('mac', 43),
      bigint('at'),
      column.text('signature', 86),
    ],
  }),
  new Table({
    name: 'audit_anchor',
    columns: [
      node(),
      bigint('seq'),
      column.text('mac', 43),
      bigint('at'),
      node('signer', false),
      column.text('signature', 86),
    ],
  }),
];

const MARK = new TableIndex({ name: 'ix_audit_event_mark', columnNames: ['mark'] });

/** Each node's chain over its records. The records get their places in it in new columns, added in place. */
export class ChainAudit1764000012000 implements MigrationInterface {
  name = 'ChainAudit1764000012000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table, true);
    if (databaseKind() === 'sqlite') await keepInOneTree(runner);
    await runner.query('ALTER TABLE mcp_service_usage ADD COLUMN opened_mark varchar(40)');
    await runner.query('ALTER TABLE mcp_service_usage ADD COLUMN closed_mark varchar(40)');
    await runner.query('ALTER TABLE audit_event ADD COLUMN mac varchar(80)');
    await runner.query('ALTER TABLE audit_event ADD COLUMN mark varchar(40)');
    await runner.createIndex('audit_event', MARK);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_event', MARK);
    await runner.query('ALTER TABLE audit_event DROP COLUMN mark');
    await runner.query('ALTER TABLE audit_event DROP COLUMN mac');
    await runner.query('ALTER TABLE mcp_service_usage DROP COLUMN closed_mark');
    await runner.query('ALTER TABLE mcp_service_usage DROP COLUMN opened_mark');
    for (const table of [...TABLES].reverse()) await runner.dropTable(table, true);
  }
}

/** Two entries to a call: without a row id each is one insertion into one tree, and not two into two. */
async function keepInOneTree(runner: QueryRunner): Promise<void> {
  const sql = `SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'audit_chain'`;
  const [table] = (await runner.query(sql)) as { sql: string }[];
  await runner.dropTable('audit_chain');
  await runner.query(`${table?.sql} WITHOUT ROWID`);
}
