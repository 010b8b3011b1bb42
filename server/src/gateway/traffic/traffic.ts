import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CredentialKind, Principal } from '../../auth/index.js';
import { Clock, Scrubber } from '../../platform/index.js';
import { Tap, type TapWatcher, type TappedFrame } from './tap.js';

/** The ones unused for longest are forgotten first. */
const MOST_SOURCES = 1_000;
/** With one credential; somebody who invents sessions pushes out only their own. */
const MOST_OF_ONE = 100;
const FORGOTTEN_AFTER_MS = 30 * 60_000;
/** A tap that nobody watches keeps listening so long, for whoever reloads the page. */
const LINGER_MS = 60_000;
const MOST_TAPS = 20;

/** A client as it introduced itself. Foreign text. */
export interface SelfReported {
  readonly name: string;
  readonly version: string;
}

/** Somebody's client, as far as its requests tell it from others. */
export interface TrafficSource {
  readonly id: string;
  readonly era: 'modern' | 'legacy';
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly person: { readonly id: string; readonly email: string; readonly name: string };
  readonly credential: { readonly kind: CredentialKind; readonly id: string; readonly name: string };
  readonly client: SelfReported | null;
  readonly since: Date;
  readonly lastUsedAt: Date;
  readonly requests: number;
  readonly isTapped: boolean;
}

/** What tells one source from another: a legacy client has a session, a modern one nothing but who and where it is. */
export interface Visit {
  readonly principal: Principal;
  readonly endpoint: string;
  readonly era: 'modern' | 'legacy';
  readonly sessionId?: string;
  readonly client?: SelfReported;
}

/** A look at one client. */
export interface Watching {
  readonly kept: readonly TappedFrame[];
  readonly stop: () => void;
}

/** Where the messages of a client go while somebody looks; nobody may look now, and somebody a moment later. */
export type CurrentTap = () => Tap | undefined;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Source = Mutable<Omit<TrafficSource, 'isTapped'>> & {
  key: string;
  /** Which of all requests was its last one: several come within a millisecond. */
  lastTurn: number;
  tap?: Tap;
  linger?: NodeJS.Timeout;
};

/** Who comes in at the MCP endpoints, and, for those an administrator looks at, what passes. Without a look nothing is kept of it. */
@Injectable()
export class Traffic implements OnModuleDestroy {
  private readonly byKey = new Map<string, Source>();
  private turns = 0;
  private readonly byId = new Map<string, Source>();

  constructor(
    private readonly clock: Clock,
    private readonly scrubber: Scrubber,
  ) {}

  onModuleDestroy(): void {
    for (const source of this.byId.values()) clearTimeout(source.linger);
  }

  /** Counts a request. */
  note(visit: Visit): CurrentTap {
    const key = keyOf(visit);
    const known = this.byKey.get(key);
    const source = known ?? this.begin(key, visit);
    source.lastUsedAt = this.clock.now();
    source.requests += 1;
    source.lastTurn = this.turns += 1;
    if (visit.client) source.client = visit.client;
    return () => source.tap;
  }

  /** The one used last first. */
  sources(): readonly TrafficSource[] {
    const oldestMs = this.clock.now().getTime() - FORGOTTEN_AFTER_MS;
    for (const source of this.byKey.values())
      if (!source.tap && source.lastUsedAt.getTime() < oldestMs) this.forget(source);
    return [...this.byKey.values()].sort((a, b) => b.lastTurn - a.lastTurn).map(viewOf);
  }

  source(id: string): TrafficSource | undefined {
    const source = this.byId.get(id);
    return source && viewOf(source);
  }

  /**
   * Begins to listen, unless somebody does already.
   *
   * @param watcher is shown everything from now on
   * @returns what was kept so far, and how to stop looking; undefined when there is no such source (any more), or too many are listened to
   */
  watch(id: string, watcher: TapWatcher): Watching | undefined {
    const source = this.byId.get(id);
    if (!source) return undefined;
    const tap = source.tap ?? this.open(source);
    if (!tap) return undefined;
    clearTimeout(source.linger);
    const { kept } = tap;
    const unwatch = tap.watch(watcher);
    const stop = (): void => {
      unwatch();
      if (tap.isWatched || source.tap !== tap) return;
      clearTimeout(source.linger);
      source.linger = setTimeout(() => this.close(source, tap), LINGER_MS).unref();
    };
    return { kept, stop };
  }

  private open(source: Source): Tap | undefined {
    const open = [...this.byId.values()].filter(({ tap }) => tap).length;
    if (open >= MOST_TAPS) return undefined;
    return (source.tap = new Tap(this.scrubber, () => this.clock.now()));
  }

  private close(source: Source, tap: Tap): void {
    if (!tap.isWatched && source.tap === tap) delete source.tap;
  }

  private begin(key: string, { principal, endpoint, era, client }: Visit): Source {
    this.makeRoom(principal);
    const now = this.clock.now();
    const { userId, email, displayName, credential } = principal;
    const source: Source = {
      id: randomUUID(),
      key,
      era,
      endpoint,
      person: { id: userId, email, name: displayName },
      credential: { kind: credential.kind, id: credential.id, name: credential.name },
      client: client ?? null,
      since: now,
      lastUsedAt: now,
      requests: 0,
      lastTurn: 0,
    };
    this.byKey.set(key, source);
    this.byId.set(source.id, source);
    return source;
  }

  private makeRoom({ credential }: Principal): void {
    const idle = [...this.byKey.values()].filter(({ tap }) => !tap);
    const own = idle.filter((source) => source.credential.id === credential.id);
    const crowd = own.length >= MOST_OF_ONE ? own : this.byKey.size >= MOST_SOURCES ? idle : [];
    const [first, ...others] = crowd;
    if (first) this.forget(others.reduce((oldest, each) => (each.lastTurn < oldest.lastTurn ? each : oldest), first));
  }

  private forget(source: Source): void {
    this.byKey.delete(source.key);
    this.byId.delete(source.id);
    clearTimeout(source.linger);
  }
}

function keyOf({ principal, endpoint, era, sessionId, client }: Visit): string {
  const { userId, credential } = principal;
  const own = era === 'legacy' ? (sessionId ?? '') : `${client?.name ?? ''} ${client?.version ?? ''}`;
  return [era, endpoint, userId, credential.kind, credential.id, own].join('\n');
}

const viewOf = ({ key: _key, lastTurn: _turn, tap, linger: _linger, ...view }: Source): TrafficSource => ({
  ...view,
  isTapped: tap !== undefined,
});
