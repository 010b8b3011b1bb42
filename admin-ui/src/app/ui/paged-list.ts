import { computed, signal } from '@angular/core';
import { type ApiError, type Page } from '@gatehouse/api-client';
import { Remote } from './remote';

/** Fetches one page; `cursor` is undefined for the first. */
export type FetchPage<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

export type ListingState = 'loading' | 'empty' | 'ready' | 'failed' | 'forbidden';

/** What the list container needs to know of a list. */
export interface Listing {
  state(): ListingState;
  error(): ApiError | undefined;
  busy(): boolean;
  reload(): Promise<void>;
}

/** A list read page by page. */
export class PagedList<T> implements Listing {
  private readonly pages = new Remote<Page<T>>();
  private readonly fetching = signal(false);
  private fetch: FetchPage<T> | undefined;

  readonly items = computed<readonly T[]>(() => this.pages.value()?.items ?? []);
  readonly error = this.pages.error;
  readonly busy = this.pages.busy;
  readonly hasMore = computed(() => !!this.pages.value()?.nextCursor);
  readonly loadingMore = this.fetching.asReadonly();
  readonly state = computed<ListingState>(() => {
    const state = this.pages.state();
    return state === 'ready' && this.items().length === 0 ? 'empty' : state;
  });

  /** Reads the first page. With `fresh` the old rows go at once, as when the question changed. */
  async load(fetch: FetchPage<T>, { fresh = false } = {}): Promise<void> {
    this.fetch = fetch;
    if (fresh) this.pages.clear();
    await this.pages.load((signal) => fetch(undefined, signal));
  }

  /** Reads the first page again. */
  async reload(): Promise<void> {
    await this.pages.reload();
  }

  /** Adds the next page to the rows. @throws ApiError when it cannot be read; the rows stay. */
  async more(): Promise<void> {
    const page = this.pages.value();
    if (!page?.nextCursor || !this.fetch || this.fetching()) return;
    this.fetching.set(true);
    try {
      const next = await this.fetch(page.nextCursor, new AbortController().signal);
      if (this.pages.value() === page)
        this.pages.set({ items: [...page.items, ...next.items], nextCursor: next.nextCursor });
    } finally {
      this.fetching.set(false);
    }
  }

  /** Changes the rows in place, for example after one was edited. */
  update(change: (items: readonly T[]) => T[]): void {
    const page = this.pages.value();
    if (page) this.pages.set({ ...page, items: change(page.items) });
  }
}
