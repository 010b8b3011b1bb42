import type { ServerEvents, ServiceHealthEvent } from '@gatehouse/contracts';
import { holds, type Principal } from '../auth/index.js';
import { seesJob } from '../jobs/index.js';
import type { DomainEvents, EventOutlet } from '../platform/index.js';

/** What is asked about services while events are told. */
export interface Surroundings {
  /** Services that exist for a reader right now, by id. */
  visibleTo(reader: Principal): ReadonlySet<string>;
  isVisible(reader: Principal, serviceId: string): boolean;
  healthOf(serviceId: string): ServiceHealthEvent;
  /** The same person with today's rights; undefined when they may not be here any more. */
  renewed(reader: Principal): Principal | undefined;
}

type Told = Pick<EventOutlet<ServerEvents>, 'send' | 'end'>;

/**
 * One reader of the live events, who is told only what they may see at that moment.
 *
 * It remembers which services the reader knows of, so that losing access looks like the service going away.
 */
export class Subscriber {
  private known: ReadonlySet<string>;

  constructor(
    private principal: Principal,
    private readonly outlet: Told,
    private readonly surroundings: Surroundings,
  ) {
    this.known = surroundings.visibleTo(principal);
    for (const serviceId of this.known) this.outlet.send('service.health', surroundings.healthOf(serviceId));
  }

  get userId(): string {
    return this.principal.userId;
  }

  get credential(): Principal['credential'] {
    return this.principal.credential;
  }

  health(event: ServiceHealthEvent): void {
    if (this.sees(event.serviceId)) this.outlet.send('service.health', event);
  }

  capabilities(event: ServerEvents['service.capabilities']): void {
    if (this.sees(event.serviceId)) this.outlet.send('service.capabilities', event);
  }

  serviceChanged({ serviceId, change }: ServerEvents['service.changed']): void {
    const knew = this.known.has(serviceId);
    const sees = change !== 'deleted' && this.sees(serviceId);
    if (sees && !knew) this.outlet.send('service.health', this.surroundings.healthOf(serviceId));
    if (sees) this.outlet.send('service.changed', { serviceId, change: knew ? change : 'created' });
    else if (knew) this.outlet.send('service.changed', { serviceId, change: 'deleted' });
    this.remember(serviceId, sees);
  }

  callFinished(event: ServerEvents['call.finished']): void {
    if (this.renew() && holds(this.principal, 'audit:read')) this.outlet.send('call.finished', event);
  }

  jobChanged({ jobId, status, progress, ...whose }: DomainEvents['job.changed']): void {
    if (this.renew() && seesJob(this.principal, whose)) this.outlet.send('job.changed', { jobId, status, progress });
  }

  /** After the reader's own rights changed: tells what came and what went, or ends when nothing is left to be here for. */
  rightsChanged(): void {
    if (!this.renew()) return;
    const now = this.surroundings.visibleTo(this.principal);
    for (const serviceId of new Set([...this.known, ...now])) {
      if (this.known.has(serviceId) !== now.has(serviceId)) this.serviceChanged({ serviceId, change: 'updated' });
    }
  }

  end(): void {
    this.outlet.end();
  }

  private sees(serviceId: string): boolean {
    return this.renew() && this.surroundings.isVisible(this.principal, serviceId);
  }

  private renew(): boolean {
    const renewed = this.surroundings.renewed(this.principal);
    if (renewed) this.principal = renewed;
    else this.outlet.end();
    return renewed !== undefined;
  }

  private remember(serviceId: string, sees: boolean): void {
    const known = new Set(this.known);
    if (sees) known.add(serviceId);
    else known.delete(serviceId);
    this.known = known;
  }
}
