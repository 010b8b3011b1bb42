import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { HealthState, ServiceHealthEvent } from '@gatehouse/contracts';
import { EventBus, type Unsubscribe } from '../../platform/index.js';
import type { ServiceStatus } from '../definition.js';
import { ServiceRow } from '../registry/service.entity.js';
import { Serial } from '../serial.js';

/** The coarse status that a state of health means; undefined when it says nothing new. */
export function statusOf(state: HealthState): ServiceStatus | undefined {
  switch (state) {
    case 'ready':
    case 'degraded':
    case 'empty':
      return 'active';
    case 'unauthorised':
    case 'stale':
    case 'down':
      return 'error';
    case 'disabled':
      return 'inactive';
    case 'connecting':
    case 'unknown':
      return undefined;
  }
}

/** Keeps the column `status` true to what is heard of each service, and answers it from memory. */
@Injectable()
export class StatusKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly byService = new Map<string, ServiceStatus>();
  private readonly serial = new Serial();
  private unsubscribe: Unsubscribe | undefined;

  constructor(
    @InjectRepository(ServiceRow) private readonly rows: Repository<ServiceRow>,
    private readonly bus: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    const rows = await this.rows.find({ select: { id: true, status: true } });
    for (const { id, status } of rows) this.byService.set(id, status);
    this.unsubscribe = this.bus.subscribe('service.health', (event) => this.hear(event));
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  of(service: { readonly id: string; readonly enabled: boolean }): ServiceStatus {
    return service.enabled ? (this.byService.get(service.id) ?? 'inactive') : 'inactive';
  }

  /** Resolves once everything heard so far is in the database. */
  settled(): Promise<void> {
    return this.serial.run(() => Promise.resolve());
  }

  private async hear({ serviceId, state }: ServiceHealthEvent): Promise<void> {
    const status = statusOf(state);
    if (status === undefined || this.byService.get(serviceId) === status) return;
    this.byService.set(serviceId, status);
    await this.serial.run(() => this.rows.update({ id: serviceId }, { status }));
  }
}
