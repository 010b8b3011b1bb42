import { Logger } from '@nestjs/common';
import type { ServiceDefinition } from '../../services/index.js';
import { isNews, nextHealth, unknownHealth, type Happening, type Health } from '../health/health-state.js';
import type { ClientWorld } from './managed-client.js';

/** How well one service is: told, logged and remembered when that changes. */
export class HealthKeeper {
  private readonly logger = new Logger('Clients');
  private state: Health;

  constructor(
    private readonly world: Pick<ClientWorld, 'bus' | 'clock'>,
    private readonly definition: () => ServiceDefinition,
  ) {
    this.state = unknownHealth(world.clock.now());
  }

  get current(): Health {
    return this.state;
  }

  report(happening: Happening): void {
    const before = this.state;
    this.state = nextHealth(before, happening, this.world.clock.now());
    if (!isNews(before, this.state)) return;
    this.log();
    const { since, checkedAt, ...health } = this.state;
    this.world.bus.publish('service.health', {
      serviceId: this.definition().id,
      ...health,
      details: health.details && { ...health.details },
      since: since.toISOString(),
      checkedAt: checkedAt.toISOString(),
    });
  }

  private log(): void {
    const { state, code, details } = this.state;
    const entry = { service: this.definition().slug, state, code, details, msg: 'health of a service' };
    if (code) this.logger.warn(entry);
    else this.logger.debug(entry);
  }
}
