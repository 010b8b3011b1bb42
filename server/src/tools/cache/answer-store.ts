import { LRUCache } from 'lru-cache';

const MIB = 1024 * 1024;
/** What an entry costs beside its bytes. */
const OVERHEAD_BYTES = 256;
/** So that emptying a section takes a moment at most. */
const MOST_ENTRIES = 50_000;

export interface StoreLimits {
  /** All answers together. */
  readonly totalBytes: number;
  /** One answer; a larger one is not kept. */
  readonly answerBytes: number;
}

export const STORE_LIMITS: StoreLimits = { totalBytes: 64 * MIB, answerBytes: MIB };

/** Where an answer stands: under its key, in the section of its service, and perhaps under a tag there. */
export interface Place {
  readonly key: string;
  readonly section: string;
  readonly tag?: string;
}

/**
 * What a store knew when it was asked, to be handed back with what is to be kept: an answer that was fetched before its
 * section was emptied must not come in after it.
 */
export interface Look {
  readonly found: Buffer | undefined;
  readonly epoch: string;
}

/** Keeps answers as bytes for a time. Never fails: what cannot be found or kept is a miss. */
export abstract class AnswerStore {
  abstract look(place: Place): Look | Promise<Look>;
  /** @param epoch of the look before the answer was fetched */
  abstract keep(place: Place, bytes: Buffer, ttlMs: number, epoch: string): void;
  /** Empties a section, or what stands under a tag of it. */
  abstract forget(section: string, tag?: string): void;
}

interface Entry {
  readonly bytes: Buffer;
  readonly place: Place;
}

/** Answers in this process's memory, the longest unused leaving first. */
export class MemoryAnswerStore extends AnswerStore {
  private readonly entries: LRUCache<string, Entry>;
  /** Grows with everything that is forgotten anywhere. */
  private epoch = 0;

  /** @param now ms that only grow */
  constructor(
    now: () => number,
    private readonly limits: StoreLimits = STORE_LIMITS,
  ) {
    super();
    this.entries = new LRUCache({
      max: MOST_ENTRIES,
      maxSize: limits.totalBytes,
      sizeCalculation: ({ bytes, place }) =>
        OVERHEAD_BYTES + bytes.length + place.key.length + (place.tag?.length ?? 0),
      perf: { now },
      ttlResolution: 0,
    });
  }

  /** Of everything that is kept, bytes. */
  get size(): number {
    return this.entries.calculatedSize;
  }

  override look({ key }: Place): Look {
    return { found: this.entries.get(key)?.bytes, epoch: String(this.epoch) };
  }

  override keep(place: Place, bytes: Buffer, ttlMs: number, epoch: string): void {
    if (bytes.length > this.limits.answerBytes || ttlMs < 1 || epoch !== String(this.epoch)) return;
    this.entries.set(place.key, { bytes, place }, { ttl: ttlMs });
  }

  override forget(section: string, tag?: string): void {
    this.epoch += 1;
    for (const [key, { place }] of this.entries.entries())
      if (place.section === section && (tag === undefined || place.tag === tag)) this.entries.delete(key);
  }
}
