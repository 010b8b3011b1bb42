import { jest } from '@jest/globals';
import { sampleOf, seedOfRun, seededRandom, testDatabases, type TestDatabase } from '@gatehouse/testing';
import { Table, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ENTITIES } from '../server/src/entities.js';
import { createDataSource, databaseKind, migrate } from '../server/src/platform/index.js';
import { MIGRATIONS } from './index.js';

type Migrations = (new () => MigrationInterface)[];
type Query = (sql: string, ...rest: unknown[]) => Promise<unknown>;

const READS = /^\s*(?:SELECT|SHOW|DESCRIBE|PRAGMA)\b/i;
const isFull = process.env['GATEHOUSE_PROOF'] === 'full';

/** Does everything that a migration may: what cannot be done twice, and what is only seen to have been done by its effect. */
class MakeNotes1700000000001 implements MigrationInterface {
  name = 'MakeNotes1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'draft',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'n', type: 'int' },
        ],
      }),
    );
    await runner.query('INSERT INTO draft (id, n) VALUES (?, ?)', [1, 10]);
    await runner.query('UPDATE draft SET n = n + 1');
    await runner.query('ALTER TABLE draft ADD COLUMN passing int');
    await runner.query('UPDATE draft SET n = n + 1');
    await runner.query('CREATE INDEX ix_draft_n ON draft (n)');
    await runner.query('ALTER TABLE draft DROP COLUMN passing');
    await runner.query('ALTER TABLE draft RENAME TO note');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('note');
  }
}

class CopyNotes1700000000002 implements MigrationInterface {
  name = 'CopyNotes1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE copy (n int)');
    await runner.query('INSERT INTO copy SELECT n FROM note');
    await runner.query('DROP TABLE note');
    await runner.query('UPDATE copy SET n = n * 2');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('copy');
  }
}

describe.each(testDatabases())('a migration that is killed on $name', ({ create }) => {
  let database: TestDatabase;
  const sources: DataSource[] = [];

  // TypeORM says there that a migration failed.
  beforeAll(() => jest.spyOn(console, 'log').mockImplementation(() => undefined));
  afterAll(() => jest.restoreAllMocks());

  beforeEach(async () => {
    database = await create();
  });

  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.destroy()));
    await database.drop();
  });

  const open = async (migrations: Migrations): Promise<DataSource> => {
    const entities = migrations === (MIGRATIONS as Migrations) ? ENTITIES : [];
    const source = await createDataSource({ ...database, entities, migrations }).initialize();
    sources.push(source);
    return source;
  };

  /** A process that is gone after its nth statement that is more than a question. @returns how many there were */
  const migrateUntil = async (migrations: Migrations, last: number): Promise<number> => {
    const source = await open(migrations);
    const deaths = dyingAfter(source, last);
    await migrate(source).catch((error: unknown) => {
      if (!deaths.isDead()) throw error;
    });
    // The database hears that the process is gone, and takes back what was not committed.
    await sources.pop()?.destroy();
    return deaths.statements();
  };

  const countOf = async (migrations: Migrations): Promise<number> => {
    const count = await migrateUntil(migrations, Infinity);
    await database.drop();
    database = await create();
    return count;
  };

  it('is completed by the next start, wherever that was, and does nothing twice', async () => {
    const migrations = [MakeNotes1700000000001, CopyNotes1700000000002];
    const statements = await countOf(migrations);
    expect(statements).toBeGreaterThan(12);
    for (let last = 1; last <= statements; last += 1) {
      await migrateUntil(migrations, last);
      const source = await open(migrations);
      await migrate(source);
      expect({ last, rows: await source.query('SELECT n FROM copy') }).toEqual({ last, rows: [{ n: 24 }] });
      expect(await source.query('SELECT name FROM migrations ORDER BY id')).toHaveLength(2);
      expect(await migrate(source)).toBe(0);
      await sources.pop()?.destroy();
      await database.drop();
      database = await create();
    }
  });

  it('is completed even if the next start is killed as well, again and again', async () => {
    const migrations = [MakeNotes1700000000001, CopyNotes1700000000002];
    let starts = 0;
    // As much as one process needs for one piece: on SQLite a whole migration, elsewhere one statement and its steps.
    const each = databaseKind() === 'sqlite' ? 12 : 7;
    while ((await migrateUntil(migrations, each)) >= each) starts += 1;
    expect(starts).toBeGreaterThan(0);
    expect(await (await open(migrations)).query('SELECT n FROM copy')).toEqual([{ n: 24 }]);
  });

  it(
    'is completed by the next start: those of the product',
    async () => {
      const statements = await countOf(MIGRATIONS);
      const all = Array.from({ length: statements }, (_, at) => at + 1);
      const tried = isFull ? all : sampleOf(all, 2, seededRandom(seedOfRun()));
      for (const last of tried) {
        await migrateUntil(MIGRATIONS, last);
        const source = await open(MIGRATIONS);
        await migrate(source);
        const drift = (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
        expect({ last, drift }).toEqual({ last, drift: [] });
        expect(await migrate(source)).toBe(0);
        await sources.pop()?.destroy();
        await database.drop();
        database = await create();
      }
      process.stdout.write(`migrations: killed after ${tried.length} of ${statements} statements\n`);
    },
    isFull ? 1_200_000 : 60_000,
  );

  const onServer = databaseKind() === 'mariadb' ? it : undefined;

  onServer?.('is refused again when the server refused it, and not taken for done', async () => {
    const source = await open([CopyNotes1700000000002]);
    await source.query('CREATE TABLE copy (other int)');
    for (const _ of [1, 2]) await expect(migrate(source)).rejects.toMatchObject({ code: 'ER_TABLE_EXISTS_ERROR' });
    expect(await source.query('SELECT * FROM migration_step')).toEqual([]);
  });

  onServer?.('is made by one of two processes that start together, and the other waits', async () => {
    const both = [
      await open([MakeNotes1700000000001, CopyNotes1700000000002]),
      await open([MakeNotes1700000000001, CopyNotes1700000000002]),
    ];
    expect((await Promise.all(both.map(migrate))).sort()).toEqual([0, 2]);
    expect(await both[0]?.query('SELECT n FROM copy')).toEqual([{ n: 24 }]);
  });

  onServer?.('is completed by a process that waited for the one that was killed', async () => {
    const [first, second] = [
      await open([MakeNotes1700000000001, CopyNotes1700000000002]),
      await open([MakeNotes1700000000001, CopyNotes1700000000002]),
    ];
    const deaths = dyingAfter(first, 9);
    const [killed, waited] = await Promise.all([
      migrate(first).catch(async () => {
        sources.splice(sources.indexOf(first), 1);
        await first.destroy();
        return 'killed';
      }),
      begun(second, deaths.isDead).then(() => migrate(second)),
    ]);
    expect([killed, deaths.isDead(), waited]).toEqual(['killed', true, 2]);
    expect(await second.query('SELECT n FROM copy')).toEqual([{ n: 24 }]);
  });

  /** Resolves once somebody holds the lock, or is gone already. */
  const begun = async (source: DataSource, isOver: () => boolean): Promise<void> => {
    const holder = async (): Promise<unknown> => {
      const rows = await source.query<{ holder: unknown }[]>("SELECT IS_USED_LOCK('gatehouse_migrations') AS holder");
      return rows[0]?.holder;
    };
    while (!isOver() && (await holder()) === null);
  };
});

/** From its nth statement that is more than a question on, nothing that a source is asked reaches the database any more. */
function dyingAfter(source: DataSource, last: number): { isDead: () => boolean; statements: () => number } {
  let made = 0;
  const createQueryRunner = source.createQueryRunner.bind(source);
  source.createQueryRunner = (...args) => {
    const runner = createQueryRunner(...args);
    const query = runner.query.bind(runner) as Query;
    runner.query = (async (sql: string, ...rest: unknown[]) => {
      if (made >= last) throw new Error('The process is gone.');
      const answer = await query(sql, ...rest);
      if (!READS.test(sql)) made += 1;
      if (made >= last) throw new Error('The process is gone.');
      return answer;
    }) as QueryRunner['query'];
    return runner;
  };
  return { isDead: () => made >= last, statements: () => made };
}
