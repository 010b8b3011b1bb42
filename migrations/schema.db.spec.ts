import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../server/src/entities.js';
import { createDataSource, migrate } from '../server/src/platform/index.js';
import { MIGRATIONS } from './index.js';

describe.each(testDatabases())('migrations on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const drift = async () => (await source.driver.createSchemaBuilder().log()).upQueries.map((query) => query.query);

  it('make exactly the tables that the entities describe', async () => {
    expect(await migrate(source)).toBe(MIGRATIONS.length);
    expect(await drift()).toEqual([]);
  });

  it('go down to nothing and up again', async () => {
    for (const _ of MIGRATIONS) await source.undoLastMigration();
    const runner = source.createQueryRunner();
    const left: string[] = [];
    for (const { tableName } of source.entityMetadatas) {
      if (await runner.hasTable(tableName)) left.push(tableName);
    }
    await runner.release();
    expect(left).toEqual([]);
    expect(await migrate(source)).toBe(MIGRATIONS.length);
    expect(await drift()).toEqual([]);
  });

  it('do nothing the second time', async () => {
    expect(await migrate(source)).toBe(0);
  });

  it('refuse a schema made by a newer version', async () => {
    await source.query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`);
    await expect(migrate(source)).rejects.toThrow('newer Gatehouse');
    await source.query(`DELETE FROM migrations WHERE name = 'FromTheFuture9999999999999'`);
  });
});
