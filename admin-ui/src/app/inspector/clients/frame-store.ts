import { computed, signal } from '@angular/core';
import type { StreamState, TrafficFrame } from '@gatehouse/api-client';
import { isFailure } from '../../frames/frame-rows';

export type HopFilter = 'all' | 'client' | 'service';

/** More are not shown at once; the server keeps no more either. */
const MOST = 500;

/** The messages of one client as they come, and which of them are shown. */
export class FrameStore {
  private readonly kept = signal<readonly TrafficFrame[]>([]);
  private readonly waiting = signal<readonly TrafficFrame[]>([]);
  private seen = 0;

  readonly state = signal<StreamState>('closed');
  readonly paused = signal(false);
  readonly hop = signal<HopFilter>('all');
  readonly failuresOnly = signal(false);
  readonly text = signal('');

  readonly isEmpty = computed(() => this.kept().length === 0);
  readonly unseen = computed(() => this.waiting().length);
  /** How many came before the first that is kept. */
  readonly dropped = computed(() => Math.max(0, (this.kept()[0]?.n ?? 1) - 1 - this.cleared()));
  readonly shown = computed(() => this.kept().filter((frame) => this.matches(frame)));
  private readonly cleared = signal(0);

  /** After a break the server shows again what it kept. */
  add(frame: TrafficFrame): void {
    if (frame.n <= this.seen) return;
    this.seen = frame.n;
    const list = this.paused() ? this.waiting : this.kept;
    list.update((frames) => [...frames, frame].slice(-MOST));
  }

  pause(): void {
    this.paused.set(true);
  }

  resume(): void {
    this.paused.set(false);
    const waiting = this.waiting();
    this.waiting.set([]);
    this.kept.update((frames) => [...frames, ...waiting].slice(-MOST));
  }

  clear(): void {
    this.cleared.set(this.seen);
    this.kept.set([]);
    this.waiting.set([]);
  }

  /** The answer to a request of the client, if it is still here. */
  answerTo({ n, message }: TrafficFrame): TrafficFrame | undefined {
    const id = (message as { id?: unknown } | null)?.id;
    return this.kept().find(
      (each) =>
        each.n > n &&
        each.hop === 'client' &&
        each.direction === 'out' &&
        (each.message as { id?: unknown } | null)?.id === id,
    );
  }

  private matches({ hop, message }: TrafficFrame): boolean {
    if (this.hop() !== 'all' && this.hop() !== hop) return false;
    if (this.failuresOnly() && !isFailure(message)) return false;
    const text = this.text().trim().toLowerCase();
    return text === '' || JSON.stringify(message).toLowerCase().includes(text);
  }
}
