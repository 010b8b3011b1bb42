import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** What a data source needs to reach a database that only this spec knows. */
export interface TestDatabase {
  databaseUrl: string | undefined;
  dataDir: string;
  /** Removes it and all its rows; disconnect first. */
  drop(): Promise<void>;
}

export interface TestDatabaseKind {
  name: 'SQLite' | 'MariaDB';
  create(): Promise<TestDatabase>;
}

/**
 * The database a store's spec runs on: SQLite, or a fresh schema on the MariaDB server that `DATABASE_URL` names.
 * One kind for each process, as in the product: column types depend on it. `npm test` runs `*.db.spec.ts` once with each.
 * Use with `describe.each(testDatabases())('on $name', …)`.
 */
export function testDatabases(): TestDatabaseKind[] {
  const server = process.env.DATABASE_URL;
  return server
    ? [{ name: 'MariaDB', create: () => createMariaDbSchema(server) }]
    : [{ name: 'SQLite', create: createSqlite }];
}

async function createSqlite(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
  return { databaseUrl: undefined, dataDir, drop: () => rm(dataDir, { recursive: true, force: true }) };
}

async function createMariaDbSchema(server: string): Promise<TestDatabase> {
  const schema = `gatehouse_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${schema}`);
  const url = new URL(server);
  url.pathname = `/${schema}`;
  const folder = await createSqlite();
  return {
    databaseUrl: url.href,
    dataDir: folder.dataDir,
    drop: async () => {
      await onServer(server, `DROP DATABASE IF EXISTS ${schema}`);
      await folder.drop();
    },
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
