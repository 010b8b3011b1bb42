import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * Keeps a second process away from an embedded database, which only one may own.
 *
 * The kernel holds the lock, by way of a transaction that never ends: it is gone with the process, however that ended, and a
 * process of another container sees it. Whether a process of a remembered number lives says neither, because numbers are given
 * again.
 *
 * @returns a function that gives the folder back
 * @throws {Error} another process has it
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Earlier versions kept the number of their process there.
  rmSync(join(dataDir, 'gatehouse.lock'), { force: true });
  const lock = new DatabaseSync(join(dataDir, 'instance.lock'), { timeout: 0 });
  const owner = join(dataDir, 'instance.pid');
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? refusal(dataDir, readOwner(owner), error) : error;
  }
  writeFileSync(owner, String(process.pid), { mode: 0o600 });
  return () => {
    rmSync(owner, { force: true });
    lock.close();
  };
}

/** For people only: in another container the number means somebody else. */
function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
}

const refusal = (dataDir: string, owner: string, cause: unknown): Error =>
  new Error(`Another Gatehouse (process ${owner}) uses ${dataDir}. Stop it, or set GATEHOUSE_DATA_DIR.`, { cause });

const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === SQLITE_BUSY;
