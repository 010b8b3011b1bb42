import { Injectable } from '@nestjs/common';
import type { Principal } from '../auth/index.js';
import { EventBus } from '../platform/index.js';
import { CapabilityStore, ServiceDirectory, type PromptDefinition, type ServiceDefinition } from '../services/index.js';
import { ContentAccess, assignPublicNames } from '../tools/index.js';

/** One prompt of one service. */
export interface PromptView {
  readonly service: ServiceDefinition;
  readonly definition: PromptDefinition;
  /** Unique among all prompts of all services, made like the public names of tools. */
  readonly publicName: string;
}

/** Every prompt of every service, from memory and in a stable order. Rebuilt when something changed. */
@Injectable()
export class PromptDirectory {
  private snapshot: ReadonlyMap<string, PromptView> | undefined;

  constructor(
    private readonly services: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
    private readonly content: ContentAccess,
    events: EventBus,
  ) {
    for (const type of ['service.changed', 'service.capabilities'] as const) {
      events.subscribe(type, () => (this.snapshot = undefined));
    }
  }

  /** In the order of their names. */
  of(serviceId: string): readonly PromptDefinition[] {
    const prompts = this.capabilities.load(serviceId)?.prompts ?? [];
    const distinct = new Map(prompts.map((prompt) => [prompt.name, prompt]));
    return [...distinct.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Every prompt, whoever may get it, in the order of the public names. */
  all(): readonly PromptView[] {
    return [...this.current().values()];
  }

  /** What the principal may get right now, in the order of the public names. */
  visibleTo(principal: Principal): readonly PromptView[] {
    const readable = new Set(this.content.servicesFor(principal).map(({ id }) => id));
    return this.all().filter(({ service }) => readable.has(service.id));
  }

  /** Exact and case-sensitive; whoever may see it. */
  findByPublicName(publicName: string): PromptView | undefined {
    return this.current().get(publicName);
  }

  private current(): ReadonlyMap<string, PromptView> {
    this.snapshot ??= this.build();
    return this.snapshot;
  }

  private build(): ReadonlyMap<string, PromptView> {
    const offers = this.services
      .list()
      .flatMap((service) =>
        this.of(service.id).map((definition) => ({ service, definition, slug: service.slug, tool: definition.name })),
      );
    const named = [...assignPublicNames(offers)].map(([{ service, definition }, publicName]) => ({
      service,
      definition,
      publicName,
    }));
    named.sort((a, b) => (a.publicName < b.publicName ? -1 : 1));
    return new Map(named.map((prompt) => [prompt.publicName, prompt]));
  }
}
