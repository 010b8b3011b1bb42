import type { Tool } from '@gatehouse/api-client';

/** The tools whose name, title or description holds every word of the search. */
export function searchTools(tools: readonly Tool[], search: string): Tool[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return tools.filter((tool) => {
    const text = `${tool.name} ${tool.title ?? ''} ${tool.description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Whether nobody may use it before somebody has looked at it. */
export const isHeld = (tool: Tool): boolean => tool.review?.state === 'held';

/** What a service claims about a tool, as the short list of hints that are set. */
export function hintsOf(tool: Tool): { name: string; on: boolean }[] {
  const names = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'];
  return names.flatMap((name) => {
    const value = tool.annotations?.[name];
    return typeof value === 'boolean' ? [{ name, on: value }] : [];
  });
}
