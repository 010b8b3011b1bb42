import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import { Table, type DataSource, type EntityManager } from 'typeorm';
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
  let dataDir: string;
  let source: DataSource;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
    source = await createDataSource({ databaseUrl: undefined, dataDir, entities: [], migrations: [] }).initialize();
    await source.query('CREATE TABLE note (id TEXT)');
  });

  afterEach(async () => {
    await source.destroy();
    await rm(dataDir, { recursive: true });
  });

  const ids = async () => (await source.query<{ id: string }[]>('SELECT id FROM note')).map((row) => row.id);
  const note = (manager: EntityManager, id: string) => manager.query('INSERT INTO note VALUES (?)', [id]);
  /** More than the file may grow by: SQLite then takes the whole transaction back, by itself. */
  const tooMuch = (manager: EntityManager) => note(manager, 'x'.repeat(100_000));
  const letGrow = (pages: number) => source.query(`PRAGMA max_page_count = ${pages}`);

  it('that the database took back by itself, because there is no room, keeps nobody else out', async () => {
    await letGrow(1);
    const full = source.transaction(async (manager) => {
      await note(manager, 'first');
      await tooMuch(manager);
    });
    await expect(full).rejects.toThrow(/full/);
    await letGrow(1_000_000);
    await source.transaction((manager) => note(manager, 'next'));
    expect(await ids()).toEqual(['next']);
  });

  it('that the database took back does nothing more, whoever overlooks that', async () => {
    await letGrow(1);
    const blind = source.transaction(async (manager) => {
      await manager.transaction(tooMuch).catch(() => undefined);
      await note(manager, 'half of it');
    });
    await expect(blind).rejects.toThrow();
    expect(await ids()).toEqual([]);
    await source.transaction((manager) => note(manager, 'next'));
    expect(await ids()).toEqual(['next']);
  });

  it('keeps the writers of other connections out from its beginning, so that what it read still holds when it writes', async () => {
    const other = new DatabaseSync(join(dataDir, 'gatehouse.sqlite'));
    await source.transaction(async (manager) => {
      await manager.query('SELECT * FROM note');
      expect(() => other.exec("INSERT INTO note VALUES ('theirs')")).toThrow(/locked/);
      await manager.query("INSERT INTO note VALUES ('ours')");
    });
    other.close();
  });
});
