import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { Serial, type CommandPin } from '../../services/index.js';
import { Unpinnable } from '../errors/upstream-failures.js';
import { Budget, PIN_LIMITS, type PinLimits } from './budget.js';
import { hashFiles, type Hashed } from './hash-files.js';
import { listFolder, type Entry } from './list-folder.js';
import { isWithin, whatRuns, type Started, type WhatRuns } from './what-runs.js';

/** After how many lines others get their turn. */
const LINES_AT_ONCE = 500;

/**
 * Computes what a command line runs as it lies on the disk now: names, sizes and contents, no times and no modes. Two
 * commands are read one after the other, so that many starts at once do not fight for one disk.
 */
export class PinReader {
  private readonly turns = new Serial();

  constructor(private readonly limits: PinLimits = PIN_LIMITS) {}

  /** @throws {Unpinnable} too much, or something that cannot be read */
  read(started: Started): Promise<CommandPin> {
    return this.turns.run(() => this.compute(started).catch(explain));
  }

  private async compute(started: Started): Promise<CommandPin> {
    const budget = new Budget(this.limits);
    const runs = await whatRuns(started);
    const folders = new Map<string, Entry[]>();
    for (const folder of runs.folders) folders.set(folder, await listFolder(folder, budget));
    const hashes = await hashFiles(filesOf(runs, folders), budget);
    const digest = await digestOf(linesOf(runs, folders, hashes));
    return { algorithm: 'sha256', digest, files: budget.files, bytes: budget.bytes };
  }
}

export const isSamePin = (a: CommandPin, b: CommandPin): boolean =>
  a.algorithm === b.algorithm && a.digest === b.digest;

const looseFiles = ({ files, folders }: WhatRuns): Set<string> =>
  new Set(files.map(({ real }) => real).filter((real) => !folders.some((folder) => isWithin(real, folder))));

/** One by one: to put fifty thousand of them together at once would take the loop. */
function* filesOf(runs: WhatRuns, folders: ReadonlyMap<string, readonly Entry[]>): Generator<string> {
  yield* looseFiles(runs);
  for (const [folder, entries] of folders)
    for (const { kind, path } of entries) if (kind === 'file') yield join(folder, path);
}

/** Everything that counts, each as JSON, so that no name can pass for two. */
function* linesOf(
  runs: WhatRuns,
  folders: ReadonlyMap<string, readonly Entry[]>,
  hashes: ReadonlyMap<string, Hashed>,
): Generator<unknown[]> {
  const content = (path: string): unknown[] => [hashes.get(path)?.bytes, hashes.get(path)?.hash];
  for (const { named, real } of runs.files) yield ['names', named, real];
  for (const path of looseFiles(runs)) yield ['file', path, ...content(path)];
  for (const [folder, entries] of folders) {
    yield ['folder', folder];
    for (const each of entries) {
      if (each.kind === 'link') yield ['link', each.path, each.to];
      else yield ['file', each.path, ...content(join(folder, each.path))];
    }
  }
}

async function digestOf(lines: Iterable<unknown[]>): Promise<string> {
  const digest = createHash('sha256');
  let count = 0;
  for (const line of lines) {
    digest.update(`${JSON.stringify(line)}\n`);
    count += 1;
    if (count % LINES_AT_ONCE === 0) await othersTurn();
  }
  return digest.digest('hex');
}

/** What the file system says of a file, as a reason. */
function explain(error: unknown): never {
  const { code, path } = error as Partial<NodeJS.ErrnoException>;
  if (code === undefined || path === undefined) throw error;
  throw new Unpinnable(`${code} ${path}`, { cause: error });
}
