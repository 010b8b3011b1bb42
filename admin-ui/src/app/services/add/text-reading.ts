import { computed, signal } from '@angular/core';
import { ApiError, isAbort, type ImportPreview, type ServicesApi } from '@gatehouse/api-client';
import type { ImportText } from './import-text';
import { importView, type EntryView } from './import-view';

/** Typing pauses this long before the text is looked at, ms. */
const PAUSE_MS = 350;

/** What the server understands of the pasted text, and which entries are wanted. The text itself is never touched. */
export class TextReading {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current = new AbortController();
  private readonly preview = signal<ImportPreview | undefined>(undefined);
  private readonly failure = signal<ApiError | undefined>(undefined);
  private readonly reading = signal(false);
  private readonly dropped = signal<ReadonlySet<string>>(new Set());

  readonly busy = this.reading.asReadonly();
  readonly error = this.failure.asReadonly();
  readonly entries = computed(() => this.preview()?.entries ?? []);
  readonly view = computed(() => {
    const preview = this.preview();
    return preview && importView(preview);
  });
  /** The entries that will be added. */
  readonly chosen = computed(
    () => this.view()?.entries.filter((one) => one.usable && !this.dropped().has(one.key)) ?? [],
  );
  readonly selected = computed<ReadonlySet<string>>(() => new Set(this.chosen().map((entry) => entry.key)));

  constructor(
    private readonly api: Pick<ServicesApi, 'previewImport'>,
    private readonly source: ImportText,
  ) {}

  /** Takes a changed text and looks at it when typing pauses. */
  write(text: string): void {
    this.source.set(text);
    this.stop();
    this.reading.set(true);
    this.timer = setTimeout(() => void this.look(), PAUSE_MS);
  }

  /** Asks the server what it understands; a failed question leaves the last answer standing. */
  async look(): Promise<void> {
    this.stop();
    const mine = (this.current = new AbortController());
    const text = this.source.text();
    this.reading.set(true);
    try {
      this.preview.set(text.trim() ? await this.api.previewImport(text, mine.signal) : undefined);
      this.failure.set(undefined);
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ApiError)) throw error;
      this.failure.set(error);
    } finally {
      if (mine === this.current) this.reading.set(false);
    }
  }

  /** Wants an entry, or does not want it any more. */
  toggle({ key }: EntryView): void {
    this.dropped.update((keys) => {
      const next = new Set(keys);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }

  /** Drops whatever is waiting or under way. */
  stop(): void {
    clearTimeout(this.timer);
    this.current.abort();
  }
}
