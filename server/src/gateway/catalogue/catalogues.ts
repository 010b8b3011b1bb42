import { Injectable } from '@nestjs/common';
import { PromptDirectory } from '../../prompts/index.js';
import { ResourceDirectory } from '../../resources/index.js';
import { CapabilityStore, ServiceDirectory } from '../../services/index.js';
import { ContentAccess, ToolDirectory } from '../../tools/index.js';
import type { Catalogue } from './catalogue.js';
import { OneServiceCatalogue, type Shelves } from './one-service-catalogue.js';
import { WholeCatalogue } from './whole-catalogue.js';

const ROOT = '/mcp';
const ONE_SERVICE = /^\/mcp\/s\/([a-z0-9][a-z0-9-]{0,62})$/;

/** Which catalogue stands behind which path. */
@Injectable()
export class Catalogues {
  private readonly shelves: Shelves;

  constructor(
    private readonly whole: WholeCatalogue,
    services: ServiceDirectory,
    capabilities: CapabilityStore,
    tools: ToolDirectory,
    prompts: PromptDirectory,
    resources: ResourceDirectory,
    content: ContentAccess,
  ) {
    this.shelves = { services, capabilities, tools, prompts, resources, content };
  }

  /** @param path without query. @returns undefined where there is no endpoint, whoever asks */
  at(path: string): Catalogue | undefined {
    if (path === ROOT) return this.whole;
    const slug = ONE_SERVICE.exec(path)?.[1];
    return slug ? new OneServiceCatalogue(slug, this.shelves) : undefined;
  }
}
