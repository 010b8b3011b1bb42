import type { Service } from '@gatehouse/api-client';
import type { ServiceHealthEvent } from '@gatehouse/contracts';

/** The services with what was heard of their health since the list was read; an older report never overrides a newer one. */
export function withLiveHealth<T extends Pick<Service, 'id' | 'health'>>(
  services: readonly T[],
  heard: ReadonlyMap<string, ServiceHealthEvent>,
): T[] {
  return services.map((service) => {
    const report = heard.get(service.id);
    if (!report || Date.parse(report.checkedAt) < Date.parse(service.health.checkedAt)) return service;
    const { serviceId: _itself, ...health } = report;
    // How connections are used is not in such a report.
    const { pool } = service.health;
    return { ...service, health: { ...health, ...(pool && { pool }) } };
  });
}
