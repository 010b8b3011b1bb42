import type { DiskEvent } from './disk-recorder.ts';

/** What of a folder is on the disk: paths below it. */
export interface Remains {
  readonly folders: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** A disk writes pages whole as a rule; when the power goes in the middle, it has written some of their sectors. */
const PAGE_BYTES = 4096;
const SECTOR_BYTES = 512;
/** Part of the pages that are kept by the sector. */
const TORN_PART = 0.2;

/**
 * What is left of a recorded folder when the power goes. Whatever was synced is; of the rest a disk keeps what it likes, each
 * page and each name by itself, because it writes in an order of its own.
 *
 * A name lasts by a sync of its folder only: some file systems promise no more. Pure.
 *
 * @param moment line of the recording after which nothing happened any more
 * @param luck numbers in [0, 1): what is kept of what was not synced. Absent: nothing
 */
export function remainsAt(events: readonly DiskEvent[], moment: number, luck?: () => number): Remains {
  const past = events.filter(({ began }) => began <= moment);
  const syncedBefore = lastSyncs(past, moment);
  const disk = new Disk();
  const keptPart = luck?.() ?? 0;
  const isKept = (): boolean => luck !== undefined && luck() < keptPart;
  for (const event of past) {
    const isSynced = event.ended < (syncedBefore.get(event.node) ?? 0);
    if (isSynced) disk.apply(event);
    else if (luck && event.kind === 'write') for (const part of piecesOf(event, isKept, luck)) disk.apply(part);
    else if (isKept()) disk.apply(event);
  }
  return disk.remains();
}

/** For each file and folder, when the last sync that had ended began. */
function lastSyncs(past: readonly DiskEvent[], moment: number): Map<number, number> {
  const begins = new Map<number, number>();
  for (const { kind, node, began, ended } of past)
    if (kind === 'sync' && ended <= moment) begins.set(node, Math.max(began, begins.get(node) ?? 0));
  return begins;
}

type Write = Extract<DiskEvent, { kind: 'write' }>;

/** What reaches the disk of one write. */
function* piecesOf(write: Write, isKept: () => boolean, luck: () => number): Generator<Write> {
  for (const page of cutAt(write, PAGE_BYTES))
    for (const part of luck() < TORN_PART ? cutAt(page, SECTOR_BYTES) : [page]) if (isKept()) yield part;
}

/** In pieces that end where those of the disk do. */
function* cutAt(write: Write, size: number): Generator<Write> {
  const end = write.offset + write.bytes.length;
  for (let from = write.offset; from < end; from = (Math.floor(from / size) + 1) * size) {
    const to = Math.min(end, (Math.floor(from / size) + 1) * size);
    yield { ...write, offset: from, bytes: write.bytes.subarray(from - write.offset, to - write.offset) };
  }
}

class Disk {
  private readonly contents = new Map<number, Content>();
  private readonly folders = new Map([[0, new Map<string, number>()]]);

  apply(event: DiskEvent): void {
    switch (event.kind) {
      case 'write':
        return this.contentOf(event.node).write(event.offset, event.bytes);
      case 'cut':
        return this.contentOf(event.node).cut(event.length);
      case 'enter':
        if (event.isFolder) this.namesIn(event.child);
        this.namesIn(event.node).set(event.name, event.child);
        return;
      case 'leave':
        this.namesIn(event.node).delete(event.name);
        return;
      case 'rename':
        this.namesIn(event.node).delete(event.name);
        this.namesIn(event.node).set(event.to, event.child);
        return;
      case 'sync':
    }
  }

  remains(): Remains {
    const folders: string[] = [];
    const files = new Map<string, Buffer>();
    const walk = (node: number, prefix: string): void => {
      for (const [name, child] of this.namesIn(node)) {
        if (!this.folders.has(child)) files.set(prefix + name, this.contentOf(child).bytes);
        else {
          folders.push(prefix + name);
          walk(child, `${prefix}${name}/`);
        }
      }
    };
    walk(0, '');
    return { folders, files };
  }

  private contentOf(node: number): Content {
    let content = this.contents.get(node);
    if (!content) this.contents.set(node, (content = new Content()));
    return content;
  }

  private namesIn(node: number): Map<string, number> {
    let names = this.folders.get(node);
    if (!names) this.folders.set(node, (names = new Map<string, number>()));
    return names;
  }
}

class Content {
  private room = Buffer.alloc(PAGE_BYTES);
  private length = 0;

  get bytes(): Buffer {
    return this.room.subarray(0, this.length);
  }

  /** What lies between the end and a place behind it is zeros. */
  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    if (end > this.room.length) this.room = Buffer.concat([this.room], 2 ** Math.ceil(Math.log2(end)));
    bytes.copy(this.room, offset);
    this.length = Math.max(this.length, end);
  }

  cut(length: number): void {
    if (length < this.length) this.room.fill(0, length);
    if (length > this.room.length) this.room = Buffer.concat([this.room], length);
    this.length = length;
  }
}
