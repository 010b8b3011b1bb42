import type { Query } from '@gatehouse/api-client';

/** The filters of the list, as they stand in the address. */
export const NO_FILTERS = { q: '', state: '', type: '', category: '', tag: '' };
export type ServiceFilters = typeof NO_FILTERS;

/** More than this is fetched page by page. */
const PAGE_SIZE = 100;

export const filterQuery = (filters: ServiceFilters, cursor: string | undefined): Query => ({
  ...filters,
  limit: PAGE_SIZE,
  cursor,
});
