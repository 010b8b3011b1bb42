import type { Page } from '@gatehouse/api-client';

/** A list that never ends must not keep the browser busy for ever. */
const MAX_PAGES = 50;

/** Every row of a paged list, for lists that are searched in the browser. */
export async function allPages<T>(fetch: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await fetch(cursor);
    rows.push(...items);
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  return rows;
}
