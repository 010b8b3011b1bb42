import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { isRevoked, type Principal } from '../auth/index.js';
import { AppError, EventBus, Lifecycle, type EventOutlet, type Unsubscribe } from '../platform/index.js';
import type { ServerEvents } from '@gatehouse/contracts';
import { LiveSurroundings } from './live-surroundings.js';
import { Subscriber } from './subscriber.js';

const KEEP_ALIVE_MS = 15_000;
const STREAMS_PER_USER = 20;
const TRY_AGAIN_SECONDS = 10;

/**
 * How long one stream lives. Its reader comes back and signs in again, which is how an expired credential is found out.
 * Longer than a session may be idle: an open page that nobody uses does not keep a session alive.
 */
const LONGEST_STREAM_MS = 45 * 60_000;
const LONGEST_EMBED_STREAM_MS = 15 * 60_000;

/** Tells every reader what happens, each as far as they may see it. */
@Injectable()
export class LiveFeed implements OnModuleInit, OnModuleDestroy {
  private readonly subscribers = new Set<Subscriber>();
  private subscriptions: Unsubscribe[] = [];

  constructor(
    private readonly bus: EventBus,
    private readonly surroundings: LiveSurroundings,
    private readonly lifecycle: Lifecycle,
  ) {}

  onModuleInit(): void {
    const { bus } = this;
    this.subscriptions = [
      bus.subscribe('service.health', (event) => this.each((reader) => reader.health(event))),
      bus.subscribe('service.capabilities', (event) => this.each((reader) => reader.capabilities(event))),
      bus.subscribe('service.changed', (event) => this.each((reader) => reader.serviceChanged(event))),
      bus.subscribe('grants.changed', ({ serviceId }) =>
        this.each((reader) => reader.serviceChanged({ serviceId, change: 'updated' })),
      ),
      bus.subscribe('call.finished', ({ callId, serviceId, tool, status }) =>
        this.each((reader) => reader.callFinished({ callId, serviceId, tool, status })),
      ),
      bus.subscribe('job.changed', (event) => this.each((reader) => reader.jobChanged(event))),
      bus.subscribe('user.changed', ({ userId }) =>
        this.each((reader) => reader.userId === userId && reader.rightsChanged()),
      ),
      bus.subscribe('role.changed', () => this.each((reader) => reader.rightsChanged())),
      bus.subscribe('credential.revoked', (revoked) =>
        this.each((reader) => isRevoked(revoked, reader) && reader.end()),
      ),
    ];
    this.lifecycle.whenDraining(() => this.each((reader) => reader.end()));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
    this.each((reader) => reader.end());
  }

  /**
   * Begins to tell; first how every service is that the reader may see.
   *
   * @throws {AppError} `rate_limited` for somebody who has too many streams open
   */
  open(principal: Principal, outlet: EventOutlet<ServerEvents>): void {
    const own = [...this.subscribers].filter((reader) => reader.userId === principal.userId);
    if (own.length >= STREAMS_PER_USER) throw new AppError('rate_limited', { details: { seconds: TRY_AGAIN_SECONDS } });
    outlet.open();
    const reader = new Subscriber(principal, outlet, this.surroundings);
    this.subscribers.add(reader);
    const longestMs = principal.credential.kind === 'embed' ? LONGEST_EMBED_STREAM_MS : LONGEST_STREAM_MS;
    const timers = [setInterval(() => outlet.keepAlive(), KEEP_ALIVE_MS), setTimeout(() => outlet.end(), longestMs)];
    outlet.whenGone(() => {
      timers.forEach((timer) => clearTimeout(timer));
      this.subscribers.delete(reader);
    });
  }

  /** How many readers there are. */
  get size(): number {
    return this.subscribers.size;
  }

  private each(tell: (reader: Subscriber) => unknown): void {
    for (const reader of this.subscribers) tell(reader);
  }
}
