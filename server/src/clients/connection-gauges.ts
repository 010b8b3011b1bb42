import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { EventBus, Metrics } from '../platform/index.js';
import { HealthBoard, ServiceDirectory } from '../services/index.js';
import { ClientManager } from './manager/client-manager.js';

const USES = ['connections', 'busy', 'waiting'] as const;

/** Shows how connections are used: with each service's health, and as metrics that are counted when they are read. */
@Injectable()
export class ConnectionGauges implements OnModuleInit {
  constructor(
    private readonly manager: ClientManager,
    private readonly services: ServiceDirectory,
    private readonly board: HealthBoard,
    private readonly metrics: Metrics,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.board.measureBy((serviceId) => this.manager.numbers(serviceId));
    const registers = [this.metrics.registry];
    const gauge: Gauge<'service' | 'use'> = new Gauge({
      name: 'gatehouse_service_connections',
      help: 'Connections of each service: open, busy, and calls that wait for one',
      labelNames: ['service', 'use'] as const,
      registers,
      collect: () => this.collect(gauge),
    });
    const breaks = new Counter({
      name: 'gatehouse_service_breaks_total',
      help: 'How often calls to a service were stopped because they kept failing',
      labelNames: ['service'] as const,
      registers,
    });
    this.bus.subscribe('service.health', ({ serviceId, code }) => {
      const service = this.services.find(serviceId);
      if (service && code === 'upstream_unavailable') breaks.inc({ service: service.slug });
    });
  }

  private collect(gauge: Gauge<'service' | 'use'>): void {
    gauge.reset();
    for (const { id, slug } of this.services.list()) {
      const numbers = this.manager.numbers(id);
      if (numbers) for (const use of USES) gauge.set({ service: slug, use }, numbers[use]);
    }
  }
}
