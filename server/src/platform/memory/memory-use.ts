import { totalmem } from 'node:os';
import { PerformanceObserver, constants, type PerformanceEntry } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is in use of the memory that there is. */
export interface MemorySource {
  /** Without garbage, as far as that is known; 0 to 1, and a little above. */
  use(): number;
  /** The same with all garbage. */
  fill(): number;
  /** When the use was last told from garbage, on the clock of `performance.now()`, ms. */
  readonly knownAtMs: number;
  /** Tells the use from garbage, soon. */
  collect(): void;
  /** Looks no more. */
  stop(): void;
}

const MIB = 1024 * 1024;

/**
 * Part of the heap's limit that is not for what is kept: V8 counts three halves of the space for what is young, each a
 * sixty-fourth of the rest. Left out: the process ends when the rest is full.
 */
const OLD_PART = 64 / 67;

/**
 * Bytes of the heap for what is kept; the process ends when they are used up. What the heap's limit says besides belongs to
 * what is young, and with a small `--max-old-space-size` that is more than all the rest. Pure.
 *
 * @param options those of the command line after those of the environment: the last one counts
 */
export function oldSpaceLimit(heapLimitBytes: number, options: string): number {
  const set = [...options.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)].at(-1)?.[1];
  return set === undefined ? heapLimitBytes * OLD_PART : Number(set) * MIB;
}

/** Bytes that the container may use; undefined where none of ours is set. Pure. */
export const containerLimit = (constrainedBytes: number, machineBytes: number): number | undefined =>
  constrainedBytes > 0 && constrainedBytes <= machineBytes ? constrainedBytes : undefined;

/** Of this process: of its heap, and of its container where there is one, whichever is fuller. */
export class OwnMemory implements MemorySource {
  knownAtMs = -Infinity;
  /** Bytes of the heap in use when garbage was last looked for: until then, much of what is in use may be garbage. */
  private afterCollection = Infinity;
  private readonly limit = oldSpaceLimit(
    getHeapStatistics().heap_size_limit,
    [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].join(' '),
  );
  private readonly container = containerLimit(process.constrainedMemory(), totalmem());
  private readonly observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor)) this.note();
  });
  private gc: Collector | undefined;

  constructor() {
    this.observer.observe({ entryTypes: ['gc'] });
  }

  use(): number {
    return this.partOf(Math.min(keptBytes(), this.afterCollection));
  }

  fill(): number {
    return this.partOf(keptBytes());
  }

  private partOf(bytes: number): number {
    const ofHeap = bytes / this.limit;
    if (this.container === undefined) return ofHeap;
    const { rss, heapTotal } = process.memoryUsage();
    // What the heap holds besides is free for it, although the container counts it.
    return Math.max(ofHeap, (rss - heapTotal + bytes) / this.container);
  }

  collect(): void {
    this.gc ??= collector();
    // In a task of its own, where no half-done work keeps things alive.
    void this.gc({ type: 'major', execution: 'async' });
  }

  stop(): void {
    this.observer.disconnect();
  }

  private note(): void {
    this.afterCollection = keptBytes();
    this.knownAtMs = performance.now();
  }
}

/** Without what is young: most of that is garbage a moment later. */
function keptBytes(): number {
  let bytes = 0;
  for (const { space_name, space_used_size } of getHeapSpaceStatistics())
    if (!space_name.startsWith('new_')) bytes += space_used_size;
  return bytes;
}

const isMajor = (entry: PerformanceEntry & { detail?: { kind?: number } }): boolean =>
  entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

type Collector = (how: { type: 'major'; execution: 'async' }) => Promise<void>;

/** V8 shows it to contexts that are made after this flag, and only to those. */
function collector(): Collector {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collector;
}
