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
