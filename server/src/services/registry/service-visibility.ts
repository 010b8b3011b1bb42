import { Injectable } from '@nestjs/common';
import { holds, type Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import { AccessPolicy } from '../access/access-policy.js';
import type { ServiceDefinition } from '../definition.js';
import { ServiceDirectory } from './service-directory.js';

/**
 * Which services exist for whom: all for those with `services:read`, otherwise exactly those that the access decision
 * lets them use. A key that is limited to some services never sees another.
 */
@Injectable()
export class ServiceVisibility {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly policy: AccessPolicy,
  ) {}

  isUsable(reader: Principal, service: ServiceDefinition): boolean {
    return this.policy.decide(reader, 'use', { serviceId: service.id, want: 'presence' }).allowed;
  }

  isVisible(reader: Principal, service: ServiceDefinition): boolean {
    if (reader.serviceIds && !reader.serviceIds.has(service.id)) return false;
    return holds(reader, 'services:read') || this.isUsable(reader, service);
  }

  /** By id or slug. @throws {AppError} `not_found`, the same for what is hidden and for what does not exist */
  demand(reader: Principal, idOrSlug: string): ServiceDefinition {
    const service = this.services.find(idOrSlug);
    if (!service || !this.isVisible(reader, service)) throw new AppError('not_found');
    return service;
  }

  list(reader: Principal): readonly ServiceDefinition[] {
    return this.services.list().filter((service) => this.isVisible(reader, service));
  }
}
