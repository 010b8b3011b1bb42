import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Passage, Principal } from '../auth/index.js';
import { EventBus, type Unsubscribe } from '../platform/index.js';
import type { Bilingual, ServiceDefinition, ToolDefinition, ToolPolicy } from '../services/index.js';
import {
  AccessPolicy,
  CapabilityStore,
  ServiceDirectory,
  ToolPolicies,
  ToolReviews,
  distinctByName,
} from '../services/index.js';
import { assignPublicNames } from './public-name.js';

/** One tool of one service, as the rest of the product sees it. */
export interface ToolView {
  readonly serviceId: string;
  readonly serviceSlug: string;
  readonly serviceName: Bilingual;
  /** Unique among all tools of all services; see `assignPublicNames`. */
  readonly publicName: string;
  /** As the service described it, without the characters in its words that nobody sees. */
  readonly definition: ToolDefinition;
  /** How many those were. */
  readonly hiddenCharacters: number;
  readonly policy: ToolPolicy;
  /** It waits for an administrator to look at what it says; nobody may see or call it until then. */
  readonly isHeld: boolean;
}

/** Lists of so many different principals are remembered until the next change. */
const MAX_REMEMBERED_LISTS = 1_000;

interface Snapshot {
  /** In the order of their public names, those of disabled services too. */
  readonly all: readonly ToolView[];
  readonly byPublicName: ReadonlyMap<string, ToolView>;
  /** By service id, then by the tool's own name. */
  readonly byService: ReadonlyMap<string, ReadonlyMap<string, ToolView>>;
  /** By `accessKey`. */
  readonly visible: Map<string, readonly ToolView[]>;
}

interface Offer {
  readonly service: ServiceDefinition;
  readonly slug: string;
  /** Its own name. */
  readonly tool: string;
  readonly definition: ToolDefinition;
  readonly hiddenCharacters: number;
}

/** Every tool of every service, in memory: lists and calls never ask the database. Rebuilt when something changed. */
@Injectable()
export class ToolDirectory implements OnModuleDestroy {
  private snapshot: Snapshot | undefined;
  private readonly subscriptions: Unsubscribe[];

  constructor(
    private readonly services: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
    private readonly access: AccessPolicy,
    private readonly policies: ToolPolicies,
    private readonly reviews: ToolReviews,
    events: EventBus,
  ) {
    const forget = (): void => (this.snapshot = undefined);
    this.subscriptions = (['service.changed', 'service.capabilities', 'grants.changed'] as const).map((type) =>
      events.subscribe(type, forget),
    );
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** What the principal may call right now, in the order of the public names. */
  visibleTo(principal: Principal): readonly ToolView[] {
    const { all, visible } = this.current();
    const key = accessKey(principal);
    const known = visible.get(key);
    if (known) return known;
    const list = all.filter((tool) => this.mayCall(principal, tool));
    if (visible.size >= MAX_REMEMBERED_LISTS) visible.clear();
    visible.set(key, list);
    return list;
  }

  /** Whether a call would pass the access decision; approval and limits come on top. */
  mayCall(principal: Principal, { serviceId, definition, isHeld }: ToolView, via?: Passage): boolean {
    if (isHeld || !this.services.find(serviceId)?.enabled) return false;
    return this.access.decide(principal, 'use', { serviceId, want: { tool: definition.name }, via }).allowed;
  }

  /** Exact and case-sensitive; whoever may see it. */
  find(serviceId: string, tool: string): ToolView | undefined {
    return this.current().byService.get(serviceId)?.get(tool);
  }

  /** Exact and case-sensitive; whoever may see it. */
  findByPublicName(publicName: string): ToolView | undefined {
    return this.current().byPublicName.get(publicName);
  }

  /** All tools of one service, in the order of their public names. */
  of(serviceId: string): readonly ToolView[] {
    return [...(this.current().byService.get(serviceId)?.values() ?? [])];
  }

  private current(): Snapshot {
    this.snapshot ??= this.build();
    return this.snapshot;
  }

  private build(): Snapshot {
    const offers = this.services.list().flatMap((service) => this.offersOf(service));
    const names = assignPublicNames(offers);
    const all = offers
      .map((offer) => this.viewOf(offer, names.get(offer) ?? ''))
      .sort((a, b) => (a.publicName < b.publicName ? -1 : 1));
    const byService = new Map<string, Map<string, ToolView>>();
    for (const tool of all) {
      const own = byService.get(tool.serviceId) ?? new Map<string, ToolView>();
      byService.set(tool.serviceId, own.set(tool.definition.name, tool));
    }
    return {
      all,
      byService,
      byPublicName: new Map(all.map((tool) => [tool.publicName, tool])),
      visible: new Map(),
    };
  }

  private offersOf(service: ServiceDefinition): Offer[] {
    const { tools = [], hidden = [] } = this.capabilities.load(service.id) ?? {};
    const hiddenIn = new Map(hidden.filter(({ list }) => list === 'tools').map((it) => [it.item, it.characters]));
    return distinctByName(tools).map((definition) => ({
      service,
      slug: service.slug,
      tool: definition.name,
      definition,
      hiddenCharacters: hiddenIn.get(definition.name) ?? 0,
    }));
  }

  private viewOf({ service, definition, hiddenCharacters }: Offer, publicName: string): ToolView {
    return {
      serviceId: service.id,
      serviceSlug: service.slug,
      serviceName: displayNameOf(service),
      publicName,
      definition,
      hiddenCharacters,
      policy: this.policies.of(service.id, definition.name),
      isHeld: this.reviews.isHeld(service.id, definition.name),
    };
  }
}

/** All of a principal that the decision `use` looks at; principals are made anew for every request. */
export const accessKey = ({ userId, groupIds, permissions, serviceIds }: Principal): string =>
  JSON.stringify([userId, [...groupIds], permissions.has('tools:use'), serviceIds && [...serviceIds]]);

/** The display name, filled up with the plain name where a language is missing. */
const displayNameOf = ({ name, displayName }: ServiceDefinition): Bilingual => ({
  zh: displayName.zh ?? displayName.en ?? name,
  en: displayName.en ?? displayName.zh ?? name,
});
