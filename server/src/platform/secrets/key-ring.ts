import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const KeyFile = z.object({
  current: z.string().regex(/^[\w-]{1,32}$/),
  keys: z.record(
    z.string(),
    z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes'),
  ),
});

/** Root keys by id. New secrets use the current one; older ones stay until nothing is sealed with them. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

/**
 * Reads the root keys. Where the file does not exist yet and `mayCreate` says so, one is made (mode 0600).
 *
 * @throws {Error} the file is missing, unreadable, malformed, or readable by others
 */
export function loadKeyRing(path: string, mayCreate: boolean): KeyRing {
  if (!existsSync(path)) {
    if (!mayCreate) throw new Error(`The key file ${path} does not exist. Stored secrets cannot be opened without it.`);
    createKeyFile(path);
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  const file = KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const keys = new Map(Object.entries(file.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  if (!keys.has(file.current)) throw new Error(`The key file ${path} names a current key that it does not contain.`);
  return { current: file.current, keys };
}

/**
 * Makes a file with one new root key, readable by its owner only. It lasts through a power cut from then on: without it,
 * whatever is sealed soon after would be lost.
 *
 * @throws {Error} when it exists already
 */
export function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  for (const folder of [dirname(path), dirname(dirname(path))]) syncFolder(folder);
}

/** The names in it last. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
