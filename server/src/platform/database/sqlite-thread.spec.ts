import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteThread, type SqlRun } from './sqlite-thread.js';

const rowsOf = (...numbers: number[]): SqlRun[] => [
  { sql: 'INSERT INTO numbers (n) VALUES (?)', parameters: numbers.map((number) => [number]) },
];

describe('SqliteThread', () => {
  let folder: string;
  let database: DatabaseSync;
  let thread: SqliteThread;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-spec-'));
    const file = join(folder, 'gatehouse.sqlite');
    database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
    thread = new SqliteThread(file);
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
    await thread.commit(rowsOf(1, 2));
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
    const nowhere = new SqliteThread(join(folder, 'missing', 'gatehouse.sqlite'));
    await expect(nowhere.commit(rowsOf(1))).rejects.toThrow(/open/);
    await expect(nowhere.commit(rowsOf(1))).rejects.toThrow(/open/);
    await nowhere.stop();
  });
});
