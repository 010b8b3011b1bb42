import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseThread } from './database-thread.js';

/** Adds numbers to the table that it is told, and answers how many; see `CreateWork`. */
const WORK = new URL(
  `data:text/javascript,${encodeURIComponent(`
    export const createWork = (prepared, { table }) => (numbers) => {
      for (const number of numbers) prepared('INSERT INTO ' + table + ' (n) VALUES (?)').run(number);
      return numbers.length;
    };`)}`,
);

const rowsOf = (...numbers: number[]): number[] => numbers;

const threadOn = (file: string) => DatabaseThread.embedded<readonly number[], number>(file, WORK, { table: 'numbers' });

describe('DatabaseThread on the embedded database', () => {
  let folder: string;
  let database: DatabaseSync;
  let thread: DatabaseThread<readonly number[], number>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-spec-'));
    const file = join(folder, 'gatehouse.sqlite');
    database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
    thread = threadOn(file);
  });

  afterEach(async () => {
    await thread.stop();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const kept = () =>
    database
      .prepare('SELECT n FROM numbers ORDER BY n')
      .all()
      .map(({ n }) => n);

  it('has written what it resolves for', async () => {
    expect(await thread.commit(rowsOf(1, 2))).toBe(2);
    expect(kept()).toEqual([1, 2]);
  });

  it('writes nothing of a batch that the database refuses, says why, and goes on', async () => {
    await thread.commit(rowsOf(1));
    await expect(thread.commit(rowsOf(2, 1))).rejects.toThrow(/UNIQUE/);
    await thread.commit(rowsOf(3));
    expect(kept()).toEqual([1, 3]);
  });

  it('fails the batch of a thread that dies, and starts another for the next', async () => {
    const doomed = expect(thread.commit(rowsOf(1))).rejects.toThrow(/thread/);
    await thread.stop();
    await doomed;
    await thread.commit(rowsOf(2));
    expect(kept()).toEqual([2]);
  });

  it('waits for the transaction of somebody else', async () => {
    await thread.commit(rowsOf(1));
    database.exec('BEGIN IMMEDIATE; INSERT INTO numbers (n) VALUES (2)');
    const written = thread.commit(rowsOf(3));
    database.exec('COMMIT');
    await written;
    expect(kept()).toEqual([1, 2, 3]);
  });

  it('tells of a database that cannot be opened, and tries again with the next batch', async () => {
    const nowhere = threadOn(join(folder, 'missing', 'gatehouse.sqlite'));
    await expect(nowhere.commit(rowsOf(1))).rejects.toThrow(/open/);
    await expect(nowhere.commit(rowsOf(1))).rejects.toThrow(/open/);
    await nowhere.stop();
  });
});
