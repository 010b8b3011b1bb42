import { Logger } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import { backoffMs, NETWORK_BACKOFF } from '../health/backoff.js';
import { LIMITS } from '../limits.js';
import { Timer } from '../manager/timer.js';
import {
  LegacySubscription,
  ModernSubscription,
  type ResourceSubscription,
  type WatchableConnection,
} from './resource-subscription.js';
import { WatcherRegistry, type ResourceListener } from './watcher-registry.js';

/** What the watches of a service need to know of it. */
export interface WatchedService {
  /** For texts and the log. */
  readonly name: string;
  /** Whether it reports changes of resources; undefined until it was reached once. */
  readonly reports: boolean | undefined;
}

/** Waiting times, ms. */
export interface WatchSettings {
  /** Wishes that come in a burst are sent together. */
  settleMs: number;
  /** Changes of one resource within so long are one. */
  gatherMs: number;
}

/**
 * The resources of one service that somebody watches: asked of the service once, however many watch, over whichever
 * connection there is, and asked again after each loss.
 *
 * What a service could not report while nothing was connected, it may have done: after a gap every watcher hears once.
 */
export class ResourceWatches {
  private readonly logger = new Logger('Clients');
  private readonly watchers = new WatcherRegistry();
  private readonly changed = new Set<string>();
  private readonly timers = { settle: new Timer(), gather: new Timer() };
  private subscription: ResourceSubscription | undefined;
  private bringing = Promise.resolve();
  private failures = 0;
  /** Something may have changed unreported. */
  private missed = false;

  constructor(
    private readonly service: () => WatchedService,
    private readonly settings: WatchSettings,
  ) {}

  /** Whether anybody watches anything, and the connection is needed although nobody calls. */
  get isNeeded(): boolean {
    return this.watchers.size > 0;
  }

  /**
   * @returns how to stop watching; calling it twice does nothing
   * @throws {AppError} `watch_unsupported` · `watch_limit` · `not_found`
   */
  add(uri: string, listener: ResourceListener): () => void {
    const { name, reports } = this.service();
    if (reports === false) throw new AppError('watch_unsupported', { details: { service: name } });
    if (uri.length > LIMITS.uriChars) throw new AppError('not_found');
    if (!this.watchers.has(uri) && this.watchers.size >= LIMITS.watchedResources)
      throw new AppError('watch_limit', { details: { service: name, limit: LIMITS.watchedResources } });
    // A function of our own tells two watches by one listener apart.
    const own: ResourceListener = (changed) => listener(changed);
    this.watchers.add(uri, own);
    this.settleSoon();
    return () => {
      this.watchers.remove(uri, own);
      this.settleSoon();
    };
  }

  /** A new connection is there; what an older one reported is over. */
  attach(connection: WatchableConnection): void {
    this.detach();
    if (connection.canWatchResources) this.subscription = this.subscriptionOn(connection);
    this.bring();
  }

  /** Nothing is reported until there is another connection. */
  detach(): void {
    this.missed ||= this.subscription !== undefined;
    this.subscription = undefined;
    this.failures = 0;
    this.timers.settle.clear();
  }

  /** The service says that `uri` changed. Whatever nobody watches is dropped. */
  hear(uri: string): void {
    if (this.watchers.concernedBy(uri).length === 0) return;
    this.changed.add(uri);
    if (this.changed.size >= LIMITS.watchedResources) this.tell();
    else if (!this.timers.gather.isSet) this.timers.gather.set(this.settings.gatherMs, () => this.tell());
  }

  private tell(): void {
    this.timers.gather.clear();
    const changed = [...this.changed];
    this.changed.clear();
    for (const uri of changed) for (const listener of this.watchers.concernedBy(uri)) listener(uri);
  }

  private subscriptionOn(connection: WatchableConnection): ResourceSubscription {
    if (connection.era === 'legacy') return new LegacySubscription(connection);
    const subscription: ResourceSubscription = new ModernSubscription(connection, () => {
      if (this.subscription === subscription) this.tryLater(new Error('the stream of changes ended'));
    });
    return subscription;
  }

  private settleSoon(): void {
    if (!this.timers.settle.isSet) this.timers.settle.set(this.settings.settleMs, () => this.bring());
  }

  /** One after the other, so that the service never sees an older wish after a newer one. */
  private bring(): void {
    const { subscription } = this;
    this.bringing = this.bringing.then(async () => {
      if (!subscription || this.subscription !== subscription) return;
      try {
        this.note(await subscription.bringTo(this.watchers.uris()));
        this.failures = 0;
        this.catchUp();
      } catch (error) {
        if (this.subscription === subscription) this.tryLater(error);
      }
    });
  }

  private catchUp(): void {
    if (!this.missed) return;
    this.missed = false;
    for (const uri of this.watchers.uris()) this.hear(uri);
  }

  private tryLater(error: unknown): void {
    this.note([error]);
    this.missed = true;
    this.failures += 1;
    this.timers.settle.set(backoffMs(this.failures, NETWORK_BACKOFF), () => this.bring());
  }

  private note(errors: readonly unknown[]): void {
    for (const err of errors)
      this.logger.debug({ err, service: this.service().name, msg: 'a resource is not watched' });
  }
}
