import { Injectable } from '@nestjs/common';
import type { Language } from '@gatehouse/contracts';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../../auth/index.js';
import { PromptDirectory } from '../../prompts/index.js';
import { ResourceDirectory } from '../../resources/index.js';
import { CapabilityStore, ServiceDirectory } from '../../services/index.js';
import { ToolDirectory, qualifiedIn, type ToolView } from '../../tools/index.js';
import { ADDRESSES_OF_MANY } from './addresses.js';
import type { Catalogue, OfferedPrompt, OfferedTool } from './catalogue.js';
import { instructionsForMany } from './instructions.js';

/** Of different principals; others are made anew. */
const MOST_LISTS = 32;

/** `/mcp`: everything the principal may use, under names that say of which service it is. */
@Injectable()
export class WholeCatalogue implements Catalogue {
  readonly key = '';
  readonly mode = 'list';
  readonly addresses = ADDRESSES_OF_MANY;
  private readonly offered = new LRUCache<readonly ToolView[], readonly OfferedTool[]>({ max: MOST_LISTS });

  constructor(
    private readonly toolDirectory: ToolDirectory,
    private readonly promptDirectory: PromptDirectory,
    private readonly resourceDirectory: ResourceDirectory,
    private readonly services: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
  ) {}

  /** The same list for the same rights, until something changes. */
  tools(principal: Principal): readonly OfferedTool[] {
    const visible = this.toolDirectory.visibleTo(principal);
    const known = this.offered.get(visible);
    if (known) return known;
    const offered = visible.map((tool) => ({ name: tool.publicName, tool }));
    this.offered.set(visible, offered);
    return offered;
  }

  tool(name: string): OfferedTool | undefined {
    const tool = this.toolDirectory.findByPublicName(name);
    return tool && { name, tool };
  }

  meant(name: string) {
    return qualifiedIn(name);
  }

  prompts(principal: Principal): readonly OfferedPrompt[] {
    return this.promptDirectory.visibleTo(principal).map((prompt) => ({ name: prompt.publicName, prompt }));
  }

  prompt(name: string): OfferedPrompt | undefined {
    const prompt = this.promptDirectory.findByPublicName(name);
    return prompt && { name, prompt };
  }

  resources(principal: Principal) {
    return this.resourceDirectory.visibleTo(principal);
  }

  templates(principal: Principal) {
    return this.resourceDirectory.templatesVisibleTo(principal);
  }

  instructions(principal: Principal, language: Language): string {
    const slugs = new Set(this.toolDirectory.visibleTo(principal).map(({ serviceSlug }) => serviceSlug));
    const services = [...slugs].map((slug) => {
      const service = this.services.find(slug);
      const name = (language === 'zh' ? service?.displayName.zh : service?.displayName.en) ?? service?.name ?? slug;
      return { slug, name, instructions: (service && this.capabilities.load(service.id)?.instructions) ?? null };
    });
    return instructionsForMany(principal, services, language);
  }
}
