import { computed, type Signal } from '@angular/core';
import type { Listing, ListingState } from '../../ui/paged-list';
import type { Remote } from '../../ui/remote';

/** A list that was read as a whole, for the list container; `shown` are its rows after filtering. */
export function listingOf<T>(remote: Remote<T[]>, shown: Signal<readonly T[]>): Listing {
  const state = computed<ListingState>(() => {
    const state = remote.state();
    return state === 'ready' && shown().length === 0 ? 'empty' : state;
  });
  return { state, error: remote.error, busy: remote.busy, reload: () => remote.reload() };
}
