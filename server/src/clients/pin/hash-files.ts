import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Unpinnable } from '../errors/upstream-failures.js';
import type { Budget } from './budget.js';

export interface Hashed {
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

const LANES = 4;
/** What is hashed in one go, so that others get their turn: a fraction of a millisecond. */
const CHUNK_BYTES = 128 * 1024;
// A link or a pipe that has taken the place of a file is an error, and nothing to wait for.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The contents of files, a few at a time, by path. `paths` are taken one by one, each of them once.
 *
 * @throws {Unpinnable} too much, not a file, or changed meanwhile; what `open` and `read` throw
 */
export async function hashFiles(paths: Generator<string>, budget: Budget): Promise<Map<string, Hashed>> {
  const hashes = new Map<string, Hashed>();
  const lane = async (): Promise<void> => {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let next = paths.next(); !next.done; next = paths.next())
      hashes.set(next.value, await hashFile(next.value, chunk, budget));
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    // After an error the other lanes end as well.
    paths.return(undefined);
  }
  return hashes;
}

async function hashFile(path: string, chunk: Buffer, budget: Budget): Promise<Hashed> {
  const handle = await open(path, FLAGS);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new Unpinnable(`${path} is no file`);
    budget.takeFile(found.size);
    const hash = createHash('sha256');
    let bytes = 0;
    let bytesRead: number;
    do {
      ({ bytesRead } = await handle.read(chunk, 0, chunk.length, null));
      bytes += bytesRead;
      hash.update(chunk.subarray(0, bytesRead));
    } while (bytesRead > 0 && bytes < found.size);
    if (bytes !== found.size) throw new Unpinnable(`${path} changed while it was read`);
    return { bytes, hash: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}
