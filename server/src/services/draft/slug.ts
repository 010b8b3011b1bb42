const LONGEST = 32;
/** Words that are routes beside `/api/mcp/services/{id}`. */
const RESERVED = new Set(['import', 'test']);

/**
 * The short name of a service in URLs and public tool names: `[a-z0-9][a-z0-9-]{0,31}`, Chinese by its pinyin.
 * A name without any usable letter becomes `service`. The dictionary, of 4 MB, is loaded when the first name is read.
 */
export async function slugOf(name: string): Promise<string> {
  const { pinyin } = await import('pinyin-pro');
  const latin = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(' ');
  const slug = latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return slug || 'service';
}

/** `slug`, or with the first free number behind it. */
export function freeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  const taken = (each: string): boolean => RESERVED.has(each) || isTaken(each);
  if (!taken(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const candidate = slug.slice(0, LONGEST - suffix.length) + suffix;
    if (!taken(candidate)) return candidate;
  }
}

export const isReservedSlug = (slug: string): boolean => RESERVED.has(slug);
