import { computed } from '@angular/core';
import type { AuditApi, UsageBy, UsageReport, UsageRow } from '@gatehouse/api-client';
import type { Listing, ListingState } from '../ui/paged-list';
import { Remote } from '../ui/remote';
import { rangeOf, type RangeFilter } from '../ui/time-range';

export const DIMENSIONS = ['day', 'service', 'tool', 'user'] as const satisfies UsageBy[];

/** As they stand in the address. */
export type UsageFilters = RangeFilter & { by: string };

export const NO_USAGE_FILTERS: UsageFilters = { range: '7d', from: '', to: '', by: 'day' };

/** What an unknown value in the address means. */
export const dimensionOf = (by: string): UsageBy => DIMENSIONS.find((each) => each === by) ?? 'day';

/** Answers that were neither an error nor a refusal. */
export const succeeded = (row: Pick<UsageRow, 'calls' | 'errors' | 'denied'>): number =>
  Math.max(0, row.calls - row.errors - row.denied);

/** The statistics of a time by one dimension; days in their order, everything else by number of calls. */
export class UsageStore implements Listing {
  readonly report = new Remote<UsageReport>();
  readonly error = this.report.error;
  readonly busy = this.report.busy;
  readonly rows = computed<readonly UsageRow[]>(() => this.report.value()?.items ?? []);
  readonly state = computed<ListingState>(() => {
    const state = this.report.state();
    return state === 'ready' && !this.rows().some((row) => row.calls > 0) ? 'empty' : state;
  });

  constructor(
    private readonly api: AuditApi,
    private readonly now: () => number = Date.now,
  ) {}

  async load(filters: UsageFilters): Promise<void> {
    const by = dimensionOf(filters.by);
    const query = { ...rangeOf(filters, this.now()), by };
    this.report.clear();
    await this.report.load(async (signal) => {
      const report = await this.api.usage(query, signal);
      const sorted =
        by === 'day'
          ? report.items.toSorted((a, b) => a.key.localeCompare(b.key))
          : report.items.toSorted((a, b) => b.calls - a.calls);
      return { ...report, items: sorted };
    });
  }

  reload(): Promise<void> {
    return this.report.reload();
  }
}
