import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ServiceHealthEvent } from '@gatehouse/contracts';
import { Clock, EventBus, type Unsubscribe } from '../../platform/index.js';
import { ServiceDirectory } from '../registry/service-directory.js';

/** How the connections of a service are used right now. */
export interface ConnectionNumbers {
  readonly connections: number;
  /** Of them, how many are in use. */
  readonly busy: number;
  /** How many calls wait for one. */
  readonly waiting: number;
  readonly breaker: 'closed' | 'open' | 'half-open';
}

/** How usable each service was when last heard of. */
@Injectable()
export class HealthBoard implements OnModuleInit, OnModuleDestroy {
  private readonly byService = new Map<string, ServiceHealthEvent>();
  private readonly subscriptions: Unsubscribe[] = [];
  private readonly startedAt: string;
  private gauge: (serviceId: string) => ConnectionNumbers | undefined = () => undefined;

  constructor(
    private readonly services: ServiceDirectory,
    private readonly bus: EventBus,
    clock: Clock,
  ) {
    this.startedAt = clock.now().toISOString();
  }

  onModuleInit(): void {
    this.subscriptions.push(
      this.bus.subscribe('service.health', (event) => void this.byService.set(event.serviceId, event)),
      this.bus.subscribe('service.changed', ({ serviceId, change }) => {
        if (change === 'deleted') this.byService.delete(serviceId);
      }),
    );
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** Whoever holds the connections can be asked of them from now on. */
  measureBy(gauge: (serviceId: string) => ConnectionNumbers | undefined): void {
    this.gauge = gauge;
  }

  /** Undefined while no connection was ever needed. */
  connectionsOf(serviceId: string): ConnectionNumbers | undefined {
    return this.gauge(serviceId);
  }

  /**
   * `unknown` since the start until something is heard; a service that is switched off is `disabled` whatever was
   * heard.
   */
  of(serviceId: string): ServiceHealthEvent {
    const heard = this.byService.get(serviceId) ?? this.silence(serviceId);
    const service = this.services.find(serviceId);
    if (!service || service.enabled || heard.state === 'disabled') return heard;
    const since = service.updatedAt.toISOString();
    return { serviceId, state: 'disabled', since, checkedAt: since };
  }

  private silence(serviceId: string): ServiceHealthEvent {
    return { serviceId, state: 'unknown', since: this.startedAt, checkedAt: this.startedAt };
  }
}
