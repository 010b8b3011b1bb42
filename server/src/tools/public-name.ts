import { createHash } from 'node:crypto';

/** MCP clients and model providers agree on no more than this. */
export const MAX_PUBLIC_NAME_LENGTH = 64;

const SEPARATOR = '__';
const SHORTEST_HASH = 8;
const LONGEST_HASH = 32;
const LONGEST_SLUG = 20;

/** A tool of a service, by the names that only we and the service know. */
export interface QualifiedTool {
  readonly slug: string;
  readonly tool: string;
}

/** What a public name says of itself, where it was kept as it is. Pure. */
export function qualifiedIn(publicName: string): QualifiedTool | undefined {
  const at = publicName.indexOf(SEPARATOR);
  return at < 1 ? undefined : { slug: publicName.slice(0, at), tool: publicName.slice(at + SEPARATOR.length) };
}

/**
 * The names under which tools of many services appear in one list: `<slug>__<tool>`, at most 64 characters of `[A-Za-z0-9_-]`.
 *
 * A tool's name depends on the tool alone, so that it stays when other services come and go. Where a name cannot be kept as it
 * is, and for those that would differ by case only, a hash of the exact names is appended. Pure; the order of `tools` is irrelevant.
 *
 * @param tools without duplicates
 * @param reserved names that are given already; none of them may end like the hashes that are made here
 */
export function assignPublicNames<T extends QualifiedTool>(
  tools: readonly T[],
  reserved: readonly string[] = [],
): Map<T, string> {
  const names = new Map<T, string>();
  let unsettled: readonly T[] = tools;
  const taken = new Set(reserved.map((name) => name.toLowerCase()));
  for (let hashLength = 0; unsettled.length > 0; hashLength = Math.min(LONGEST_HASH, hashLength + SHORTEST_HASH)) {
    const wanted = groupBy(unsettled, (tool) => publicName(tool, hashLength).toLowerCase());
    const clashing: T[] = [];
    for (const [folded, rivals] of wanted) {
      const [only, ...others] = rivals;
      if (!only || others.length > 0 || taken.has(folded)) clashing.push(...rivals);
      else names.set(only, publicName(only, hashLength));
    }
    for (const name of names.values()) taken.add(name.toLowerCase());
    if (hashLength === LONGEST_HASH && clashing.length > 0)
      throw new Error('Two tools share one name and one hash: the list has duplicates.');
    unsettled = clashing;
  }
  return names;
}

/** With `minimumHash` 0 the plain name where it is lossless; otherwise a readable stem and at least that much of the hash. */
function publicName({ slug, tool }: QualifiedTool, minimumHash: number): string {
  const plain = `${slug}${SEPARATOR}${tool}`;
  if (minimumHash === 0 && isLossless(slug, tool) && plain.length <= MAX_PUBLIC_NAME_LENGTH) return plain;
  const hash = createHash('sha256')
    .update(JSON.stringify([slug, tool]))
    .digest('hex')
    .slice(0, Math.max(SHORTEST_HASH, minimumHash));
  const stem = `${clean(slug).slice(0, LONGEST_SLUG)}${SEPARATOR}${clean(tool)}`;
  return `${stem.slice(0, MAX_PUBLIC_NAME_LENGTH - hash.length - 1)}_${hash}`;
}

/** A slug without an underscore makes the first `__` the border, so that no two tools share a plain name. */
const isLossless = (slug: string, tool: string): boolean =>
  /^[A-Za-z0-9-]+$/.test(slug) && /^[A-Za-z0-9_-]+$/.test(tool);

const clean = (text: string): string => text.replace(/[^A-Za-z0-9_-]+/g, '_');

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
