import { Injectable } from '@nestjs/common';
import type { Principal } from '../auth/index.js';
import {
  CapabilityStore,
  type ResourceDefinition,
  type ResourceTemplateDefinition,
  type ServiceDefinition,
} from '../services/index.js';
import { ContentAccess } from '../tools/index.js';

/** Something of a service, with the service that offers it. */
export interface Offered<T> {
  readonly service: ServiceDefinition;
  readonly definition: T;
}

/** What resources there are, from memory and in a stable order. */
@Injectable()
export class ResourceDirectory {
  constructor(
    private readonly content: ContentAccess,
    private readonly capabilities: CapabilityStore,
  ) {}

  /** In the order of their URIs. */
  of(serviceId: string): readonly ResourceDefinition[] {
    const resources = this.capabilities.load(serviceId)?.resources ?? [];
    return distinctSorted(resources, (resource) => resource.uri);
  }

  /** In the order of their templates. */
  templatesOf(serviceId: string): readonly ResourceTemplateDefinition[] {
    const templates = this.capabilities.load(serviceId)?.resourceTemplates ?? [];
    return distinctSorted(templates, (template) => template.uriTemplate);
  }

  visibleTo(principal: Principal): Offered<ResourceDefinition>[] {
    return this.content
      .servicesFor(principal)
      .flatMap((service) => this.of(service.id).map((definition) => ({ service, definition })));
  }

  templatesVisibleTo(principal: Principal): Offered<ResourceTemplateDefinition>[] {
    return this.content
      .servicesFor(principal)
      .flatMap((service) => this.templatesOf(service.id).map((definition) => ({ service, definition })));
  }
}

function distinctSorted<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const distinct = new Map(items.map((item) => [keyOf(item), item]));
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
