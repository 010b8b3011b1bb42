import type { Tool } from '@modelcontextprotocol/server';
import type { Catalogue, OfferedTool } from '../catalogue/catalogue.js';
import { withPublicApp, withoutApp } from './apps.js';

/** The definition as the service gave it, under the endpoint's name. @param apps undefined: the client renders none */
export function shownTool({ name, tool, description }: OfferedTool, apps: Catalogue | undefined): Tool {
  const { definition, serviceSlug: slug } = tool;
  const { addresses } = apps ?? {};
  const described = addresses ? withPublicApp(definition, { slug, addresses }) : withoutApp(definition);
  return {
    ...described,
    name,
    title: definition.title ?? definition.name,
    ...(description && { description }),
  } as Tool;
}
