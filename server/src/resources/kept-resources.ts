import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ClientManager } from '../clients/index.js';
import { Clock, EventBus, type Unsubscribe } from '../platform/index.js';
import { ResultCache } from '../tools/index.js';

/** The places for watching are the service's, and clients want some too. */
const MOST_PER_SERVICE = 100;

interface Watch {
  stop: () => void;
  timer: NodeJS.Timeout;
  untilMs: number;
}

/**
 * Watches resources whose contents are kept, for as long as they are, where the service reports changes: what is not what it
 * was is forgotten. A resource that cannot be watched is kept all the same, until its time is over.
 */
@Injectable()
export class KeptResources implements OnModuleDestroy {
  private readonly byService = new Map<string, Map<string, Watch>>();
  private readonly unsubscribe: Unsubscribe;

  constructor(
    private readonly clients: ClientManager,
    private readonly cache: ResultCache,
    private readonly clock: Clock,
    bus: EventBus,
  ) {
    this.unsubscribe = bus.subscribe('service.changed', ({ serviceId }) => this.leave(serviceId));
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    for (const serviceId of [...this.byService.keys()]) this.leave(serviceId);
  }

  /** Contents of `uri` are kept from now on for `ttlMs`. */
  watch(serviceId: string, uri: string, ttlMs: number): void {
    const watches = this.byService.get(serviceId) ?? new Map<string, Watch>();
    const untilMs = this.clock.monotonicMs() + ttlMs;
    const known = watches.get(uri);
    if (known && known.untilMs >= untilMs) return;
    const stop = known?.stop ?? this.begin(serviceId, uri, watches.size);
    if (!stop) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => this.end(serviceId, uri), ttlMs).unref();
    this.byService.set(serviceId, watches.set(uri, { stop, timer, untilMs }));
  }

  /** @returns how to stop; undefined where it cannot be watched */
  private begin(serviceId: string, uri: string, watched: number): (() => void) | undefined {
    if (watched >= MOST_PER_SERVICE) return undefined;
    try {
      // After a gap in the connection this is called too: something may have been missed.
      return this.clients.watchResource(serviceId, uri, () => this.cache.forget(serviceId, uri));
    } catch {
      return undefined;
    }
  }

  private end(serviceId: string, uri: string): void {
    const watches = this.byService.get(serviceId);
    const watch = watches?.get(uri);
    if (!watches || !watch) return;
    clearTimeout(watch.timer);
    watches.delete(uri);
    if (watches.size === 0) this.byService.delete(serviceId);
    watch.stop();
  }

  private leave(serviceId: string): void {
    for (const uri of [...(this.byService.get(serviceId)?.keys() ?? [])]) this.end(serviceId, uri);
  }
}
