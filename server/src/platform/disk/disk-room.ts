import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** Of the file system that a folder is on. */
export interface DiskRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** As `df` counts: what is kept back for root is neither free nor part of the whole. Pure. */
export const roomOf = ({
  bsize,
  blocks,
  bfree,
  bavail,
}: Pick<StatsFs, 'bsize' | 'blocks' | 'bfree' | 'bavail'>): DiskRoom => ({
  freeBytes: bavail * bsize,
  totalBytes: (blocks - bfree + bavail) * bsize,
});

/** @throws what the file system throws */
export const readRoom = async (folder: string): Promise<DiskRoom> => roomOf(await statfs(folder));
