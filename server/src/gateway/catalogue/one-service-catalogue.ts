import type { Language } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import type { PromptDirectory } from '../../prompts/index.js';
import type { ResourceDirectory } from '../../resources/index.js';
import type { CapabilityStore, ServiceDefinition, ServiceDirectory } from '../../services/index.js';
import type { ContentAccess, ToolDirectory } from '../../tools/index.js';
import { addressesOfOne, type Addresses } from './addresses.js';
import type { Catalogue, OfferedPrompt, OfferedTool } from './catalogue.js';
import { instructionsForOne } from './instructions.js';

/** Where a catalogue finds what services offer. */
export interface Shelves {
  readonly services: ServiceDirectory;
  readonly capabilities: CapabilityStore;
  readonly tools: ToolDirectory;
  readonly prompts: PromptDirectory;
  readonly resources: ResourceDirectory;
  readonly content: ContentAccess;
}

/**
 * `/mcp/s/<slug>`: one service under its own names. Whether there is no such service or it is not the caller's looks the
 * same: nothing is offered.
 */
export class OneServiceCatalogue implements Catalogue {
  readonly key: string;
  readonly mode = 'list';
  readonly addresses: Addresses;

  constructor(
    private readonly slug: string,
    private readonly shelves: Shelves,
  ) {
    this.key = `s/${slug}`;
    this.addresses = addressesOfOne(slug);
  }

  tools(principal: Principal): readonly OfferedTool[] {
    const service = this.service();
    if (!service) return [];
    return this.shelves.tools
      .visibleTo(principal)
      .filter(({ serviceId }) => serviceId === service.id)
      .map((tool) => ({ name: tool.definition.name, tool }))
      .sort(byName);
  }

  tool(name: string): OfferedTool | undefined {
    const service = this.service();
    const tool = service && this.shelves.tools.find(service.id, name);
    return tool && { name, tool };
  }

  meant(name: string) {
    return { slug: this.slug, tool: name };
  }

  prompts(principal: Principal): readonly OfferedPrompt[] {
    const service = this.service();
    if (!service) return [];
    return this.shelves.prompts
      .visibleTo(principal)
      .filter((prompt) => prompt.service.id === service.id)
      .map((prompt) => ({ name: prompt.definition.name, prompt }))
      .sort(byName);
  }

  prompt(name: string): OfferedPrompt | undefined {
    const service = this.service();
    const definition = service && this.shelves.prompts.of(service.id).find((each) => each.name === name);
    return service && definition && { name, prompt: { service, definition, publicName: name } };
  }

  resources(principal: Principal) {
    const service = this.readable(principal);
    return service ? this.shelves.resources.of(service.id).map((definition) => ({ service, definition })) : [];
  }

  templates(principal: Principal) {
    const service = this.readable(principal);
    return service ? this.shelves.resources.templatesOf(service.id).map((definition) => ({ service, definition })) : [];
  }

  instructions(principal: Principal, language: Language): string {
    const service = this.service();
    const isOffered = this.tools(principal).length > 0 || this.readable(principal) !== undefined;
    const own = service && isOffered ? (this.shelves.capabilities.load(service.id)?.instructions ?? '') : undefined;
    return instructionsForOne(principal, this.slug, own, language);
  }

  /** Looked up each time: the service may have come, gone or changed since the last request. */
  private service(): ServiceDefinition | undefined {
    const service = this.shelves.services.find(this.slug);
    return service?.slug === this.slug ? service : undefined;
  }

  private readable(principal: Principal): ServiceDefinition | undefined {
    const service = this.service();
    return service && this.shelves.content.isAllowed(principal, service) ? service : undefined;
  }
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
