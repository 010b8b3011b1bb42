import { decodeCursor, encodeCursor, type Page, type PageQuery } from '../platform/index.js';

/**
 * One page of a list that is in memory, in the order of `keyOf`. The cursor holds the last key, so that a page stays right when
 * items before it come or go.
 *
 * @param items sorted by `keyOf`, which is unique
 * @throws {AppError} `validation_failed` for a cursor that is not one of ours
 */
export function pageOfSorted<T, V>(
  items: readonly T[],
  query: PageQuery,
  keyOf: (item: T) => string,
  view: (item: T) => V,
): Page<V> {
  const limit = query.limit ?? 50;
  const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, 1)[0]);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const kept = rest.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(view),
    nextCursor: rest.length > kept.length && last !== undefined ? encodeCursor([keyOf(last)]) : null,
  };
}
