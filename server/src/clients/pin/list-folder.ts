import type { Dirent } from 'node:fs';
import { opendir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Unpinnable } from '../errors/upstream-failures.js';
import type { Budget } from './budget.js';

/** One thing in a folder; `path` is relative to the folder that was asked for. */
export type Entry = { readonly path: string } & (
  | { readonly kind: 'file' }
  /** Not followed: what it points at within the folder is there anyway, and what is elsewhere is not the package. */
  | { readonly kind: 'link'; readonly to: string }
);

/**
 * Files and links of a folder and of those in it, folder by folder, by the code units of their names.
 *
 * @throws {Unpinnable} too many, or something that is neither file, folder nor link
 */
export async function listFolder(root: string, budget: Budget, within = ''): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const each of await sortedEntries(root, within, budget)) {
    const path = join(within, each.name);
    // One by one: a package may have more folders than there may be open files.
    if (each.isDirectory()) for (const below of await listFolder(root, budget, path)) entries.push(below);
    else if (each.isFile()) entries.push({ kind: 'file', path });
    else if (each.isSymbolicLink()) entries.push({ kind: 'link', path, to: await readlink(join(root, path)) });
    else throw new Unpinnable(`${join(root, path)} is no file, folder or link`);
  }
  return entries;
}

async function sortedEntries(root: string, within: string, budget: Budget): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  for await (const each of await opendir(join(root, within), { bufferSize: 256 })) {
    budget.takeEntry(root);
    entries.push(each);
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
