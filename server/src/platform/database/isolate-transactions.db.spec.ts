import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import { Table, type DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';

const NOTES = new Table({ name: 'note', columns: [{ name: 'id', type: 'varchar', length: '36', isPrimary: true }] });

describe.each(testDatabases())('concurrent transactions on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: [], migrations: [] }).initialize();
    const runner = source.createQueryRunner();
    await runner.createTable(NOTES);
    await runner.release();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const add = (manager: { query(sql: string): Promise<unknown> }, id: string) =>
    manager.query(`INSERT INTO note VALUES ('${id}')`);
  const ids = async () =>
    (await source.query<{ id: string }[]>('SELECT id FROM note ORDER BY id')).map((row) => row.id);

  it('rolls back what was rolled back and keeps what was acknowledged', async () => {
    const rolledBack = source.transaction(async (manager) => {
      await add(manager, 'a');
      await new Promise((done) => setImmediate(done));
      throw new Error('no');
    });
    const kept = source.transaction((manager) => add(manager, 'b'));
    const outside = add(source, 'c');
    await expect(rolledBack).rejects.toThrow('no');
    await Promise.all([kept, outside]);
    expect(await ids()).toEqual(['b', 'c']);
  });

  it('lets fifty transactions through, one after the other', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => source.transaction((manager) => add(manager, `n${index}`))),
    );
    expect((await ids()).filter((id) => id.startsWith('n'))).toHaveLength(50);
  });

  it('undoes only the inner part when a nested transaction fails', async () => {
    await source.transaction(async (manager) => {
      await add(manager, 'outer');
      await manager
        .transaction(async (inner) => {
          await add(inner, 'inner');
          throw new Error('inner');
        })
        .catch(() => undefined);
    });
    expect(await ids()).toContain('outer');
    expect(await ids()).not.toContain('inner');
  });
});

describe('a transaction on the embedded database', () => {
  it('keeps the writers of other connections out from its beginning, so that what it read still holds when it writes', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
    const settings = { databaseUrl: undefined, dataDir, entities: [], migrations: [] };
    const source = await createDataSource(settings).initialize();
    await source.query('CREATE TABLE note (id TEXT)');
    const other = new DatabaseSync(join(dataDir, 'gatehouse.sqlite'));
    await source.transaction(async (manager) => {
      await manager.query('SELECT * FROM note');
      expect(() => other.exec("INSERT INTO note VALUES ('theirs')")).toThrow(/locked/);
      await manager.query("INSERT INTO note VALUES ('ours')");
    });
    other.close();
    await source.destroy();
    await rm(dataDir, { recursive: true });
  });
});
