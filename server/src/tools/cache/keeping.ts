import type { CacheScope } from '../../services/index.js';

/** How long an answer may be given again, ms, and to whom. */
export interface Shelf {
  readonly ttlMs: number;
  readonly scope: CacheScope;
}

/** What an administrator allowed for the answers to one kind of call. A plan without it never meets the cache. */
export interface Keeping<T> {
  /** Where an equal answer is looked for; calls that are under way at the same time share one by the first. */
  readonly scopes: readonly CacheScope[];
  /** JSON: what is called, and everything but service and arguments on which the answer depends. */
  readonly subject: readonly unknown[];
  /** Names what can be forgotten by itself, such as a resource; absent: only the whole service can. */
  readonly tag?: string;
  /** What the answer itself allows: at most as much as the administrator did. Undefined: it is for this one call. */
  allows(answer: T): Shelf | undefined;
  /** Hears that an answer is kept, and for how long. */
  readonly onKept?: (ttlMs: number) => void;
}
