import { Injectable } from '@nestjs/common';
import { PromptDirectory } from '../../prompts/index.js';
import { ProfileContents, ProfileDirectory } from '../../profiles/index.js';
import { ResourceDirectory } from '../../resources/index.js';
import { CapabilityStore, ServiceDirectory } from '../../services/index.js';
import { ContentAccess, ToolDirectory } from '../../tools/index.js';
import type { Catalogue } from './catalogue.js';
import { OneServiceCatalogue } from './one-service-catalogue.js';
import { ProfileCatalogue, type ProfileShelves } from './profile-catalogue.js';
import { WholeCatalogue } from './whole-catalogue.js';

const ROOT = '/mcp';
const ONE_SERVICE = /^\/mcp\/s\/([a-z0-9][a-z0-9-]{0,62})$/;
const PROFILE = /^\/mcp\/p\/([a-z0-9][a-z0-9-]{0,62})$/;

/** Which catalogue stands behind which path. */
@Injectable()
export class Catalogues {
  private readonly shelves: ProfileShelves;

  constructor(
    private readonly whole: WholeCatalogue,
    services: ServiceDirectory,
    capabilities: CapabilityStore,
    tools: ToolDirectory,
    prompts: PromptDirectory,
    resources: ResourceDirectory,
    content: ContentAccess,
    profiles: ProfileDirectory,
    contents: ProfileContents,
  ) {
    this.shelves = { services, capabilities, tools, prompts, resources, content, profiles, contents };
  }

  /** @param path without query. @returns undefined where there is no endpoint, whoever asks */
  at(path: string): Catalogue | undefined {
    if (path === ROOT) return this.whole;
    const service = ONE_SERVICE.exec(path)?.[1];
    if (service) return new OneServiceCatalogue(service, this.shelves);
    const profile = PROFILE.exec(path)?.[1];
    return profile ? new ProfileCatalogue(profile, this.shelves) : undefined;
  }
}
