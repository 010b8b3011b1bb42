import { Injectable } from '@nestjs/common';
import type { ServiceHealthEvent } from '@gatehouse/contracts';
import { AccountDirectory, renewed, type Principal } from '../auth/index.js';
import { HealthBoard, ServiceDirectory, ServiceVisibility } from '../services/index.js';
import type { Surroundings } from './subscriber.js';

/** Answers from memory, because it is asked for each reader at each event. */
@Injectable()
export class LiveSurroundings implements Surroundings {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly visibility: ServiceVisibility,
    private readonly board: HealthBoard,
    private readonly accounts: AccountDirectory,
  ) {}

  visibleTo(reader: Principal): ReadonlySet<string> {
    return new Set(this.visibility.list(reader).map((service) => service.id));
  }

  isVisible(reader: Principal, serviceId: string): boolean {
    const service = this.services.find(serviceId);
    return service !== undefined && this.visibility.isVisible(reader, service);
  }

  healthOf(serviceId: string): ServiceHealthEvent {
    return this.board.of(serviceId);
  }

  renewed(reader: Principal): Principal | undefined {
    return renewed(reader, this.accounts);
  }
}
