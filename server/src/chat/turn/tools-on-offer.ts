import { Injectable } from '@nestjs/common';
import type { Language } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import { ToolDirectory, appUriOf, isForModels, type ToolView } from '../../tools/index.js';
import type { CardTool } from './call-card.js';

/** Model providers take no more tools than this. */
const MOST_TOOLS = 128;

/** A tool that a turn may use. */
export interface OfferedTool extends CardTool {
  readonly publicName: string;
  readonly description: string;
  readonly inputSchema: object;
}

/** Which tools a turn may use: what the principal may call, of the services chosen for the conversation. */
@Injectable()
export class ToolsOnOffer {
  constructor(private readonly directory: ToolDirectory) {}

  /** For a model, in the directory's stable order; what is for apps only is not for it. */
  list(principal: Principal, serviceIds: readonly string[], language: Language): OfferedTool[] {
    const chosen = new Set(serviceIds);
    return this.directory
      .visibleTo(principal)
      .filter((tool) => chosen.has(tool.serviceId) || chosen.has(tool.serviceSlug))
      .filter(({ definition }) => isForModels(definition))
      .slice(0, MOST_TOOLS)
      .map((tool) => offered(tool, language));
  }

  /** One tool by its own name, for a call by hand; undefined when the principal may not use it. */
  find(principal: Principal, service: string, tool: string, language: Language): OfferedTool | undefined {
    const view = this.directory
      .visibleTo(principal)
      .find((each) => (each.serviceId === service || each.serviceSlug === service) && each.definition.name === tool);
    return view && offered(view, language);
  }
}

const offered = (
  { serviceId, serviceSlug, serviceName, publicName, definition }: ToolView,
  language: Language,
): OfferedTool => ({
  serviceId,
  serviceName: serviceName[language] ?? serviceSlug,
  name: definition.name,
  publicName,
  title: definition.title ?? definition.name,
  description: definition.description ?? '',
  inputSchema: definition.inputSchema,
  hasApp: appUriOf(definition) !== undefined,
});
