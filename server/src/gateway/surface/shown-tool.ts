import type { Tool } from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { isForModels } from '../../tools/index.js';
import type { Catalogue, OfferedTool } from '../catalogue/catalogue.js';
import { withTaskSupport } from '../tasks/task-eras.js';
import { withPublicApp, withoutApp } from './apps.js';

/** How a client takes a list. */
export interface ListView {
  /** Whose apps it renders; undefined: it renders none, and tools for apps alone are not shown. */
  readonly apps: Catalogue | undefined;
  /** Whether it knows tasks as 2025-11-25 has them. */
  readonly coreTasks: boolean;
}

/** A list of two thousand tools takes about a megabyte. */
const MOST_LISTS = 32;

/** Lists of tools as clients see them; the same list, seen the same way, is made once while it is in use. */
export class ShownLists {
  private readonly lists = new LRUCache<readonly OfferedTool[], Map<string, Tool[]>>({ max: MOST_LISTS });

  of(offered: readonly OfferedTool[], view: ListView): Tool[] {
    const views = this.lists.get(offered) ?? new Map<string, Tool[]>();
    this.lists.set(offered, views);
    const key = JSON.stringify([view.apps?.key, view.coreTasks]);
    const list = views.get(key) ?? shownTools(offered, view);
    views.set(key, list);
    return list;
  }
}

const shownTools = (offered: readonly OfferedTool[], { apps, coreTasks }: ListView): Tool[] =>
  offered
    .filter(({ tool }) => apps || isForModels(tool.definition))
    .map((each) => withTaskSupport(shownTool(each, apps), coreTasks));

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
