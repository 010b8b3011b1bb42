import { assignPublicNames, type ToolView } from '../../tools/index.js';
import type { ProfileItem } from '../definition.js';

/** A tool under the name that a profile gives it. */
export interface ProfileTool {
  readonly name: string;
  readonly tool: ToolView;
  /** Said instead of the service's own words. */
  readonly description?: string;
}

/** Whether a profile with these items offers a tool. Pure. */
export const containsTool = (items: readonly ProfileItem[], serviceId: string, tool: string): boolean =>
  items.some(
    (item) => item.serviceId === serviceId && (item.tool === null ? !item.except.includes(tool) : item.tool === tool),
  );

/** Whether a profile with these items offers the prompts and resources of a service. Pure. */
export const containsContent = (items: readonly ProfileItem[], serviceId: string): boolean =>
  items.some((item) => item.serviceId === serviceId && item.content);

/**
 * The tools of a profile in the order of their names. An alias is kept as it is; the others have their natural names, and
 * make room where an alias took one, so that a new tool of a service never takes the name that people gave another.
 * Pure; the order of items and of tools is irrelevant.
 *
 * @param toolsOf every tool that a service offers right now
 */
export function toolsOfProfile(
  items: readonly ProfileItem[],
  toolsOf: (serviceId: string) => readonly ToolView[],
): readonly ProfileTool[] {
  const services = [...new Set(items.map(({ serviceId }) => serviceId))];
  const entries = services
    .flatMap((serviceId) => toolsOf(serviceId))
    .filter(({ serviceId, definition }) => containsTool(items, serviceId, definition.name))
    .map((tool) => ({ tool, item: itemOf(items, tool) }));
  const named = entries.flatMap(({ tool, item }) => (item?.alias ? [shown(item.alias, tool, item)] : []));
  const natural = entries
    .filter(({ item }) => !item?.alias)
    .map((entry) => ({ ...entry, slug: entry.tool.serviceSlug, tool: entry.tool.definition.name, view: entry.tool }));
  const names = assignPublicNames(
    natural,
    named.map(({ name }) => name),
  );
  const others = natural.map((entry) => shown(names.get(entry) ?? '', entry.view, entry.item));
  return [...named, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const itemOf = (items: readonly ProfileItem[], { serviceId, definition }: ToolView): ProfileItem | undefined =>
  items.find((item) => item.serviceId === serviceId && item.tool === definition.name);

const shown = (name: string, tool: ToolView, item: ProfileItem | undefined): ProfileTool =>
  item?.description ? { name, tool, description: item.description } : { name, tool };
