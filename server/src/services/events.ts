import type { ServerEvents, ServiceHealthEvent } from '@gatehouse/contracts';

declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** Published here, after the commit. */
    'service.changed': ServerEvents['service.changed'];
    /** Published here, after the commit. */
    'grants.changed': { serviceId: string };
    /** Published here, after the commit: somebody's own credentials for a service are others, or none. */
    'user-credentials.changed': { serviceId: string; userId: string };
    /** Published by whoever holds the connection (module `clients`). */
    'service.health': ServiceHealthEvent;
    /** Published by whoever holds the connection, once `CapabilityStore` has the new lists. */
    'service.capabilities': { serviceId: string };
  }
}
