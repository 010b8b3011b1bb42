import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Passage, Principal } from '../../auth/index.js';
import { EventBus, type Unsubscribe } from '../../platform/index.js';
import { ServiceDirectory, type ServiceDefinition } from '../../services/index.js';
import { ContentAccess, ToolDirectory, accessKey } from '../../tools/index.js';
import { ProfileDirectory } from '../store/profile-directory.js';
import { passageOf } from './profile-passage.js';
import { containsContent, toolsOfProfile, type ProfileTool } from './profile-tools.js';

/** Lists of so many different principals are remembered per profile until the next change. */
const MAX_REMEMBERED_LISTS = 200;

const NOTHING: Contents = { all: [], byName: new Map(), visible: new Map() };

interface Contents {
  readonly all: readonly ProfileTool[];
  readonly byName: ReadonlyMap<string, ProfileTool>;
  /** By `accessKey`. */
  readonly visible: Map<string, readonly ProfileTool[]>;
}

/** What stands behind the endpoint of each profile, in memory. Rebuilt when something changed. */
@Injectable()
export class ProfileContents implements OnModuleDestroy {
  private readonly bySlug = new Map<string, Contents>();
  private readonly subscriptions: Unsubscribe[];

  constructor(
    private readonly profiles: ProfileDirectory,
    private readonly services: ServiceDirectory,
    private readonly directory: ToolDirectory,
    private readonly content: ContentAccess,
    events: EventBus,
  ) {
    const facts = ['profile.changed', 'service.changed', 'service.capabilities', 'grants.changed'] as const;
    this.subscriptions = facts.map((type) => events.subscribe(type, () => this.bySlug.clear()));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** By what the access decision goes for calls through the endpoint of that slug, whether there is one or not. */
  passage(slug: string): Passage {
    return passageOf(slug, (each) => this.profiles.findBySlug(each));
  }

  /** Every tool of the profile, whoever may see it, in the order of their names. */
  tools(slug: string): readonly ProfileTool[] {
    return this.current(slug).all;
  }

  /** What the principal may call through the endpoint right now, in the order of their names; the same list while nothing changes. */
  toolsFor(principal: Principal, slug: string): readonly ProfileTool[] {
    const { all, visible } = this.current(slug);
    const key = accessKey(principal);
    const known = visible.get(key);
    if (known) return known;
    const passage = this.passage(slug);
    const list = all.filter(({ tool }) => this.directory.mayCall(principal, tool, passage));
    if (visible.size >= MAX_REMEMBERED_LISTS) visible.clear();
    visible.set(key, list);
    return list;
  }

  /** Exact and case-sensitive; whoever may see it. */
  tool(slug: string, name: string): ProfileTool | undefined {
    return this.current(slug).byName.get(name);
  }

  /** Services whose prompts and resources the principal may use through the endpoint, in the order of their slugs. */
  servicesFor(principal: Principal, slug: string): readonly ServiceDefinition[] {
    const items = this.profiles.findBySlug(slug)?.items ?? [];
    const passage = this.passage(slug);
    return this.services
      .list()
      .filter((service) => containsContent(items, service.id) && this.content.isAllowed(principal, service, passage));
  }

  private current(slug: string): Contents {
    const known = this.bySlug.get(slug);
    if (known) return known;
    const profile = this.profiles.findBySlug(slug);
    // Whatever somebody writes into the address must not fill the memory.
    if (!profile) return NOTHING;
    const all = toolsOfProfile(profile.items, (serviceId) => this.directory.of(serviceId));
    const contents = { all, byName: new Map(all.map((tool) => [tool.name, tool])), visible: new Map() };
    this.bySlug.set(slug, contents);
    return contents;
  }
}
