import type { Language } from '@gatehouse/contracts';
import type { Passage, Principal } from '../../auth/index.js';
import type { ProfileContents, ProfileDirectory } from '../../profiles/index.js';
import { ADDRESSES_OF_MANY } from './addresses.js';
import type { Catalogue, OfferedPrompt, OfferedTool } from './catalogue.js';
import { instructionsForProfile } from './instructions.js';
import type { Shelves } from './one-service-catalogue.js';

/** Where a catalogue finds profiles and what they offer. */
export interface ProfileShelves extends Shelves {
  readonly profiles: ProfileDirectory;
  readonly contents: ProfileContents;
}

/**
 * `/mcp/p/<slug>`: the curated set of a profile, decided by the profile's own grants. Whether there is no such profile, it
 * is switched off, or it is not the caller's looks the same: nothing is offered.
 */
export class ProfileCatalogue implements Catalogue {
  readonly key: string;
  readonly addresses = ADDRESSES_OF_MANY;
  readonly via: Passage;

  constructor(
    private readonly slug: string,
    private readonly shelves: ProfileShelves,
  ) {
    this.key = `p/${slug}`;
    this.via = shelves.contents.passage(slug);
  }

  /** Looked up each time: the profile may have come, gone or changed since the last request. */
  get mode(): Catalogue['mode'] {
    return this.shelves.profiles.findBySlug(this.slug)?.mode ?? 'list';
  }

  tools(principal: Principal): readonly OfferedTool[] {
    return this.shelves.contents.toolsFor(principal, this.slug);
  }

  tool(name: string): OfferedTool | undefined {
    return this.shelves.contents.tool(this.slug, name);
  }

  /** A profile is made of tools that are known. */
  meant() {
    return undefined;
  }

  prompts(principal: Principal): readonly OfferedPrompt[] {
    const readable = new Set(this.services(principal).map(({ id }) => id));
    return this.shelves.prompts
      .all()
      .filter(({ service }) => readable.has(service.id))
      .map((prompt) => ({ name: prompt.publicName, prompt }));
  }

  prompt(name: string): OfferedPrompt | undefined {
    const prompt = this.shelves.prompts.findByPublicName(name);
    return prompt && { name, prompt };
  }

  resources(principal: Principal) {
    return this.services(principal).flatMap((service) =>
      this.shelves.resources.of(service.id).map((definition) => ({ service, definition })),
    );
  }

  templates(principal: Principal) {
    return this.services(principal).flatMap((service) =>
      this.shelves.resources.templatesOf(service.id).map((definition) => ({ service, definition })),
    );
  }

  instructions(principal: Principal, language: Language): string {
    const isOffered = this.tools(principal).length > 0 || this.services(principal).length > 0;
    const profile = isOffered ? this.shelves.profiles.findBySlug(this.slug) : undefined;
    return instructionsForProfile(principal, this.slug, profile, language);
  }

  /** Those whose prompts and resources come along. */
  private services(principal: Principal) {
    return this.shelves.contents.servicesFor(principal, this.slug);
  }
}
