import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { MigrationSteps } from './migration-steps.js';

const LOCK = 'gatehouse_migrations';
const LOCK_PATIENCE_SECONDS = 120;

/**
 * Brings the schema up to date. Replicas that start together take turns: one migrates, the others wait. Whatever a process
 * that was killed meanwhile has left is completed: on SQLite a migration is one transaction, for the others see
 * `MigrationSteps`.
 *
 * @throws {Error} the lock was not free in two minutes, or the schema is newer than this version of Gatehouse
 */
export async function migrate(source: DataSource): Promise<number> {
  if (source.options.type !== 'mariadb') {
    await refuseNewerSchema(source);
    return (await source.runMigrations({ transaction: 'each' })).length;
  }
  const runner = source.createQueryRunner();
  try {
    await lock(runner);
    await useBinaryCollation(runner);
    await refuseNewerSchema(source);
    return await migrateByStep(source, runner);
  } finally {
    await runner.query(`SELECT RELEASE_LOCK('${LOCK}')`);
    await runner.release();
  }
}

/** Over the connection that holds the lock: when it ends, so does the work. @returns how many migrations ended now */
async function migrateByStep(source: DataSource, runner: QueryRunner): Promise<number> {
  const executor = new MigrationExecutor(source, runner);
  const steps = new MigrationSteps(runner);
  const pending = await executor.getPendingMigrations();
  if (pending.length === 0) return 0;
  await steps.open();
  for (const migration of pending) {
    if (migration.instance) migration.instance = steps.resuming(migration.name, migration.instance);
    await executor.executeMigration(migration);
    await steps.forgetOver();
  }
  return pending.length;
}

async function lock(runner: QueryRunner): Promise<void> {
  const rows = (await runner.query(`SELECT GET_LOCK('${LOCK}', ${LOCK_PATIENCE_SECONDS}) AS got`)) as {
    got: unknown;
  }[];
  if (Number(rows[0]?.got) !== 1)
    throw new Error('Another Gatehouse process has been migrating this database for too long.');
}

/** Names, ids and tokens must compare byte by byte, as they do on SQLite: `admin` is not `ADMIN `. */
async function useBinaryCollation(runner: QueryRunner): Promise<void> {
  const tables = (await runner.query('SHOW TABLES')) as unknown[];
  if (tables.length > 0) return;
  const rows = (await runner.query('SELECT DATABASE() AS name')) as { name: string }[];
  const name = String(rows[0]?.name).replaceAll('`', '``');
  await runner.query(`ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
}

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return;
    const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
    const rows = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
    const foreign = rows.map((row) => row.name).filter((name) => !known.has(name));
    if (foreign.length > 0) throw new Error(`This database was migrated by a newer Gatehouse (${foreign.join(', ')}).`);
  } finally {
    await runner.release();
  }
}
