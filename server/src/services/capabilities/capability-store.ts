import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, type Repository } from 'typeorm';
import { ServiceRow } from '../registry/service.entity.js';
import { Serial } from '../serial.js';
import type { Capabilities } from './capabilities.js';

/** What each service offered when last asked: read from memory, kept in its row across restarts. */
@Injectable()
export class CapabilityStore implements OnModuleInit {
  private readonly byService = new Map<string, Capabilities>();
  private readonly serial = new Serial();

  constructor(@InjectRepository(ServiceRow) private readonly rows: Repository<ServiceRow>) {}

  async onModuleInit(): Promise<void> {
    const rows = await this.rows.find({
      select: { id: true, capabilities: true },
      where: { capabilities: Not(IsNull()) },
    });
    for (const { id, capabilities } of rows) this.keep(id, capabilities);
  }

  /** Undefined until the service was connected once. */
  load(serviceId: string): Capabilities | undefined {
    return this.byService.get(serviceId);
  }

  /** Does nothing for a service that was deleted in the meantime. Does not count as a change by a person. */
  save(serviceId: string, capabilities: Capabilities): Promise<void> {
    return this.serial.run(async () => {
      // TypeORM's type for partial rows takes foreign JSON apart and cannot put it together again.
      const { affected } = await this.rows.update({ id: serviceId }, { capabilities: capabilities as never });
      this.keep(serviceId, affected === 0 ? null : capabilities);
    });
  }

  /** What is known was read again and found as it was; after a restart it is as old as when it was saved. */
  confirm(serviceId: string, at: string): void {
    const known = this.byService.get(serviceId);
    if (known) this.byService.set(serviceId, { ...known, fetchedAt: at });
  }

  /** Reads one service again, after its row was changed or deleted. */
  refresh(serviceId: string): Promise<void> {
    return this.serial.run(async () => {
      const row = await this.rows.findOne({ select: { id: true, capabilities: true }, where: { id: serviceId } });
      this.keep(serviceId, row?.capabilities ?? null);
    });
  }

  private keep(serviceId: string, capabilities: Capabilities | null): void {
    if (capabilities) this.byService.set(serviceId, capabilities);
    else this.byService.delete(serviceId);
  }
}
