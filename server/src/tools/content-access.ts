import { Injectable } from '@nestjs/common';
import type { Passage, Principal } from '../auth/index.js';
import { AccessPolicy, ServiceDirectory, type ServiceDefinition } from '../services/index.js';

/** Whose resources and prompts somebody may use: those of services that they were granted as a whole. */
@Injectable()
export class ContentAccess {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly access: AccessPolicy,
  ) {}

  isAllowed(principal: Principal, { id, enabled }: ServiceDefinition, via?: Passage): boolean {
    return enabled && this.access.decide(principal, 'use', { serviceId: id, want: 'content', via }).allowed;
  }

  /** In the order of their slugs. */
  servicesFor(principal: Principal): readonly ServiceDefinition[] {
    return this.services.list().filter((service) => this.isAllowed(principal, service));
  }
}
