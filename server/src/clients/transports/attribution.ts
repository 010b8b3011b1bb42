import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestId } from '@modelcontextprotocol/client';
import { PassingMap } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import type { LogMessage } from '../dialogue.js';
import type { PendingLinks } from '../questions/pending-links.js';

/** Who is behind a request of ours: is asked while it runs, and hears its log messages. */
export interface Partner {
  /** Requests of the same counterpart may stand in for one another. */
  readonly counterpart: object | undefined;
  answer(
    question: { method: string; params: unknown },
    cancelled: AbortSignal,
    links: PendingLinks,
  ): Promise<ForeignObject>;
  hear(message: LogMessage): void;
}

/** What is to be known of a request to say whose a message is. */
export interface Attributable {
  /** Absent: our own, such as the reading of lists. */
  readonly partner?: Partner;
  /** A check or the like, in whose course no service has anything to ask or to say. */
  readonly isQuiet?: boolean;
}

/** `nobody`: no request is open. `unclear`: it may belong to one of several, and is therefore nobody's. */
export type Owner<E> = { readonly exchange: E } | 'nobody' | 'unclear';

/** The id of a request; a symbol stands for work that no open request shows. */
export type WorkId = RequestId | symbol;

/** Beyond it, it is only remembered that something stays unanswered. */
const MOST_ABANDONED = 1_000;

/**
 * Whose a message is that does not say which request it belongs to. Never a guess.
 *
 * Over streamable HTTP, what comes on the answer stream of a request is that request's, also after the stream was resumed:
 * the stream is opened and read inside an asynchronous context of its own. On any other channel (one pipe, one socket, the
 * GET stream) a message has an owner only if it cannot be anybody else's: one request is open, or all open ones have
 * the same counterpart, and none was given up whose answer might still be worked on.
 */
export class Attribution<E extends Attributable> {
  private readonly streams = new AsyncLocalStorage<E | undefined>();
  private readonly open = new PassingMap<WorkId, E | undefined>();
  private readonly abandoned = new Set<WorkId>();
  private lostTrack = false;

  /** @param hasStreams whether the transport opens a stream per request */
  constructor(private readonly hasStreams: boolean) {}

  /** Runs `send`; what comes on a stream that it opens is `exchange`'s. */
  sending<T>(exchange: E | undefined, send: () => T): T {
    return this.streams.run(exchange, send);
  }

  begin(id: WorkId, exchange: E | undefined): void {
    this.open.set(id, exchange);
  }

  isOpen(id: WorkId): boolean {
    return this.open.has(id);
  }

  get ids(): readonly WorkId[] {
    return this.open.keys();
  }

  exchangeOf(id: WorkId): E | undefined {
    return this.open.get(id);
  }

  /** The answer came, perhaps later than anybody waited for it. */
  answered(id: WorkId): void {
    this.open.delete(id);
    this.abandoned.delete(id);
  }

  /** Nobody waits any more; the service may still be at it. */
  abandon(id: WorkId): void {
    const exchange = this.open.get(id);
    if (!this.open.delete(id) || !exchange || exchange.isQuiet) return;
    if (this.abandoned.size < MOST_ABANDONED) this.abandoned.add(id);
    else this.lostTrack = true;
  }

  /** @returns what was given up */
  abandonAll(exchange: E): readonly WorkId[] {
    const ids = this.open.keys().filter((id) => this.open.get(id) === exchange);
    for (const id of ids) this.abandon(id);
    return ids;
  }

  /** Whether every request was answered. */
  get isClean(): boolean {
    return this.open.size === 0 && !this.hasAbandoned;
  }

  private get hasAbandoned(): boolean {
    return this.lostTrack || this.abandoned.size > 0;
  }

  /** Whose the message is that is being received now. */
  owner(): Owner<E> {
    const streamed = this.hasStreams ? this.streams.getStore() : undefined;
    const open = this.open.values().filter((each): each is E => each !== undefined && !each.isQuiet);
    if (streamed) return open.includes(streamed) ? { exchange: streamed } : 'unclear';
    const [first, ...others] = open;
    if (this.hasAbandoned) return 'unclear';
    if (!first) return 'nobody';
    return others.every((each) => isSameCounterpart(each, first)) ? { exchange: first } : 'unclear';
  }
}

const isSameCounterpart = (one: Attributable, other: Attributable): boolean =>
  one === other ||
  (one.partner !== undefined && one.partner === other.partner) ||
  (one.partner?.counterpart !== undefined && one.partner.counterpart === other.partner?.counterpart);
