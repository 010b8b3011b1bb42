import type { FieldProblem } from '../../platform/index.js';
import { say } from '../../services/index.js';
import type { ProfileItem } from '../definition.js';
import { SEARCH_TOOL_NAMES } from '../search/search-tools.js';

/** Endings that are made for natural names that clash; an alias like that could take the place of one. */
const MADE_UP = /__.*_[0-9a-f]{8,}$/i;

/** What is wrong with the items of a profile, each with its place. Pure but for the language of the texts. */
export function problemsOf(items: readonly ProfileItem[]): FieldProblem[] {
  const seen = new Set<string>();
  const aliases = new Set<string>(SEARCH_TOOL_NAMES);
  return items.flatMap((item, at) => {
    const place = JSON.stringify([item.serviceId, item.tool]);
    const alias = item.alias?.toLowerCase();
    const problems = [
      ...problemsOfKind(item),
      ...(seen.has(place) ? [TWICE()] : []),
      ...problemsOfAlias(alias, aliases),
    ];
    seen.add(place);
    if (alias) aliases.add(alias);
    if (item.tool !== null && isLeftOut(items, item)) problems.push(LEFT_OUT());
    return problems.map(({ path, message }) => ({ path: `items.${at}.${path}`, message }));
  });
}

function problemsOfKind({ tool, alias, description, content, except }: ProfileItem): FieldProblem[] {
  const forWhole = { path: 'tool', message: say('belongs to one tool only', '仅适用于单个工具') };
  const forOne = { path: 'tool', message: say('belongs to a whole service only', '仅适用于整个服务') };
  if (tool === null) return alias !== null || description !== null ? [forWhole] : [];
  return content || except.length > 0 ? [forOne] : [];
}

function problemsOfAlias(alias: string | undefined, taken: ReadonlySet<string>): FieldProblem[] {
  if (alias === undefined) return [];
  const reserved = { path: 'alias', message: say('is kept for names that clash', '该形式保留给冲突的名称') };
  const used = { path: 'alias', message: say('is taken in this profile', '在此工具集中已被使用') };
  return [...(MADE_UP.test(alias) ? [reserved] : []), ...(taken.has(alias) ? [used] : [])];
}

const isLeftOut = (items: readonly ProfileItem[], { serviceId, tool }: ProfileItem): boolean =>
  items.some((other) => other.tool === null && other.serviceId === serviceId && other.except.includes(tool ?? ''));

const TWICE = (): FieldProblem => ({ path: 'serviceId', message: say('stands in the list twice', '在列表中重复出现') });
const LEFT_OUT = (): FieldProblem => ({
  path: 'tool',
  message: say('is left out by the item of the whole service', '已被整个服务的条目排除'),
});
