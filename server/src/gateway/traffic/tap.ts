import { mask } from '../../audit/index.js';
import type { Scrubber } from '../../platform/index.js';
import { mapTexts } from '../../tools/index.js';

const MOST_FRAMES = 500;
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** A larger message is shown by its size only. */
const LARGEST_MESSAGE = 256 * 1024;

/** Between which two a message went: the client and Gatehouse, or Gatehouse and a service. */
export type Hop = 'client' | 'service';

/** One message as it crossed the wire, secrets masked. */
export interface TappedFrame {
  /** Counts up within one tap. */
  readonly n: number;
  readonly at: Date;
  readonly hop: Hop;
  /** As Gatehouse sees it. */
  readonly direction: 'in' | 'out';
  /** Null when it was too large to be kept. */
  readonly message: unknown;
  /** Characters of the message as JSON. */
  readonly size: number;
  /** Of an answer: since its request passed, ms. */
  readonly durationMs?: number;
}

export type TapWatcher = (frame: TappedFrame) => void;

/** What passes at one client of ours, the last of it kept, for whoever watches. */
export class Tap {
  private readonly frames: TappedFrame[] = [];
  private readonly watchers = new Set<TapWatcher>();
  private readonly asked = new Map<string, number>();
  private characters = 0;
  private count = 0;

  constructor(
    private readonly scrubber: Pick<Scrubber, 'clean'>,
    private readonly now: () => Date,
  ) {}

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /** What is kept, the oldest first. */
  get kept(): readonly TappedFrame[] {
    return [...this.frames];
  }

  /** @param watcher is shown everything from now on. @returns how to stop */
  watch(watcher: TapWatcher): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }

  note(hop: Hop, direction: 'in' | 'out', message: unknown): void {
    const at = this.now();
    const masked = mask(mapTexts(message, (text) => this.scrubber.clean(text)));
    const size = JSON.stringify(masked)?.length ?? 0;
    const durationMs = this.durationOf(hop, direction, message, at.getTime());
    const isKept = size <= LARGEST_MESSAGE;
    const frame: TappedFrame = {
      n: (this.count += 1),
      at,
      hop,
      direction,
      message: isKept ? masked : null,
      size,
      ...(durationMs !== undefined && { durationMs }),
    };
    this.keep(frame);
    for (const watcher of this.watchers) watcher(frame);
  }

  private keep(frame: TappedFrame): void {
    this.frames.push(frame);
    this.characters += weightOf(frame);
    while (this.frames.length > MOST_FRAMES || this.characters > MOST_CHARACTERS) {
      const oldest = this.frames.shift();
      if (!oldest) return;
      this.characters -= weightOf(oldest);
    }
  }

  /** A request is remembered by hop and id; its answer comes the other way. */
  private durationOf(hop: Hop, direction: 'in' | 'out', message: unknown, atMs: number): number | undefined {
    if (typeof message !== 'object' || message === null || !('id' in message)) return undefined;
    const isRequest = 'method' in message;
    const asker = isRequest ? direction : opposite(direction);
    const key = `${hop} ${asker} ${JSON.stringify(message.id)}`;
    if (isRequest) {
      if (this.asked.size < MOST_FRAMES) this.asked.set(key, atMs);
      return undefined;
    }
    const askedMs = this.asked.get(key);
    this.asked.delete(key);
    return askedMs === undefined ? undefined : atMs - askedMs;
  }
}

const weightOf = ({ message, size }: TappedFrame): number => (message === null ? 0 : size);

const opposite = (direction: 'in' | 'out'): 'in' | 'out' => (direction === 'in' ? 'out' : 'in');
