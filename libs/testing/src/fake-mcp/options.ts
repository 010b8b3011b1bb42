/** Which protocol revisions the fake speaks: 2026-07-28 (modern), up to 2025-11-25 (legacy), or both. */
export type FakeEra = 'both' | 'modern' | 'legacy';

/** What the fake does wrong, on purpose. */
export const FAKE_FAULTS = [
  /** Takes every message and answers none. */
  'never-answers',
  /** Answers every HTTP request with a web page. */
  'html',
  /** Answers every HTTP request with 401. */
  'unauthorised',
  /** The process writes to stderr and exits before it reads anything. */
  'dies-at-once',
  /** Answers tool calls under an id that nobody asked with. */
  'wrong-id',
  /** `tools/list` never comes to its last page. */
  'endless-pages',
  /** Forgets every legacy HTTP session as soon as a tool is called in it. */
  'forgetful',
  /** Exits on any request before `initialize`, as old SDKs do. */
  'dies-on-probe',
] as const;
export type FakeFault = (typeof FAKE_FAULTS)[number];

export interface FakeMcpOptions {
  era?: FakeEra;
  fault?: FakeFault;
  /** Name in `serverInfo`; default `fake`. */
  name?: string;
  /** Answers 401 to HTTP and WebSocket requests without `Authorization: Bearer <token>`. */
  token?: string;
  /** Adds that many tools named `extra-1` …, for tests of limits and of large lists. */
  extraTools?: number;
  /** Offers tools that use everything the protocol has, logs, and lists tools in pages of five. */
  protocol?: boolean;
  /** Reports no changes of resources. */
  unwatchable?: boolean;
  /** What its lists and contents say of how long, and for whom, they may be kept. */
  hints?: { ttlMs: number; cacheScope: 'public' | 'private' };
  /** Adds the tools that ask their caller's client and send it log messages; streams can be resumed then. */
  talks?: boolean;
}

/** What happened inside the fake, for assertions. Shared by all its connections. */
export class FakeMcpState {
  /** Tool calls in the order they came. */
  readonly calls: { tool: string; arguments: Record<string, unknown> }[] = [];
  /** Tools whose caller cancelled them before they ended. */
  readonly cancelled: string[] = [];
  /** How often each method was requested. */
  readonly requests = new Map<string, number>();
  /** Whether `toggled` is in the list of tools. */
  toggled = false;
  /** Whether the connection of each tool call over streamable HTTP is cut before it is answered. */
  cutsCalls = false;
  /** Ends the fake as a crash would. */
  crash: () => void = () => undefined;
  /** Makes every legacy HTTP session unknown, as a restart does. */
  forgetSessions: () => void = () => undefined;
  /** Gives up whatever legacy HTTP sessions are waiting for, also those that were forgotten. */
  endSessions: () => void = () => undefined;
  /** Lets every `ask_late` go on. */
  release: () => void = () => undefined;
  readonly released = new Promise<void>((resolve) => {
    this.release = resolve;
  });
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Set<(uri: string) => void>();

  /** Flips the tool `toggled` and tells every connection. */
  toggleTools(): void {
    this.toggled = !this.toggled;
    for (const listener of this.listeners) listener();
  }

  onToolsChanged(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reports that a resource changed, to whoever subscribed to it. */
  touch(uri: string): void {
    for (const watcher of this.watchers) watcher(uri);
  }

  onResourceTouched(watcher: (uri: string) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  count(method: string): void {
    this.requests.set(method, (this.requests.get(method) ?? 0) + 1);
  }
}
