import { closeSync, createReadStream, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Checkpoint } from './checkpoint.js';

/** How much of the file's end is read to find the newest line of a node. */
const TAIL_BYTES = 256 * 1024;
const LONGEST_LINE = 2_000;

const Line = z.object({
  node: z.string().max(16),
  seq: z.int().min(1),
  entries: z.int().min(0),
  mac: z.string().max(43),
  at: z.int(),
  signature: z.string().max(86),
  publicKey: z.string().max(120),
});

/** A checkpoint as it leaves the machine: with the key to check it with. */
export interface PublishedCheckpoint extends Checkpoint {
  publicKey: string;
}

/** Checkpoints, one JSON object a line; made to be shipped off the machine while it grows. */
export class CheckpointFile {
  constructor(readonly path: string) {}

  /** Durable once this resolves. What a crash or a full disk has left of a line goes first: joined to it, this one would be none. */
  async append(checkpoint: PublishedCheckpoint): Promise<void> {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      await endLastLine(file);
      await file.appendFile(`${JSON.stringify(checkpoint)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The newest of a node, as far as it stands near the end. */
  lastOf(node: string): PublishedCheckpoint | undefined {
    if (!existsSync(this.path)) return undefined;
    return tailOf(this.path)
      .split('\n')
      .map(read)
      .findLast((line) => line?.node === node);
  }

  /** All of them, in their order; null for a line that is none. A last line that was cut by a crash is left out. */
  async *all(): AsyncGenerator<PublishedCheckpoint | null> {
    if (!existsSync(this.path)) return;
    let held: string | undefined;
    for await (const line of createInterface({ input: createReadStream(this.path, 'utf8'), crlfDelay: Infinity })) {
      if (held !== undefined) yield read(held) ?? null;
      held = line;
    }
    const last = held === undefined ? undefined : read(held);
    if (last) yield last;
  }
}

function read(line: string): PublishedCheckpoint | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

async function endLastLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(LONGEST_LINE),
    0,
    LONGEST_LINE,
    Math.max(0, size - LONGEST_LINE),
  );
  const last = buffer.subarray(buffer.lastIndexOf('\n', bytesRead) + 1, bytesRead);
  if (read(last.toString())) await file.appendFile('\n');
  else if (last.length > 0) await file.truncate(size - last.length);
}

function tailOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}
