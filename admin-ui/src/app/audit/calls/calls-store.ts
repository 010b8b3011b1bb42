import { signal } from '@angular/core';
import type { AuditApi, Call, CallDetail, Service, ServicesApi } from '@gatehouse/api-client';
import { PagedList } from '../../ui/paged-list';
import { Remote } from '../../ui/remote';
import { rangeOf, type RangeFilter } from '../../ui/time-range';

/** As they stand in the address. */
export type CallFilters = RangeFilter & {
  q: string;
  status: string;
  door: string;
  serviceId: string;
  userId: string;
  chatId: string;
};

export const NO_CALL_FILTERS: CallFilters = {
  range: '7d',
  from: '',
  to: '',
  q: '',
  status: '',
  door: '',
  serviceId: '',
  userId: '',
  chatId: '',
};

export type ExportFormat = 'csv' | 'jsonl';

/** Where the browser fetches the filtered calls as a file. */
export function exportAddress(filters: CallFilters, format: ExportFormat, now: number): string {
  const { range: _range, from: _from, to: _to, ...rest } = filters;
  const parts = Object.entries({ format, ...rangeOf(filters, now), ...rest }).filter(([, value]) => value);
  return `/api/audit/calls/export?${new URLSearchParams(parts).toString()}`;
}

/** The server's largest page. */
const EVERY = 200;

/** The calls of a time, the one that is open, and how many came since they were read. */
export class CallsStore {
  readonly calls = new PagedList<Call>();
  readonly detail = new Remote<CallDetail>();
  readonly services = new PagedList<Service>();
  readonly fresh = signal(0);
  private filters = NO_CALL_FILTERS;

  constructor(
    private readonly api: AuditApi,
    private readonly servicesApi: ServicesApi,
    private readonly now: () => number = Date.now,
  ) {}

  async search(filters: CallFilters): Promise<void> {
    this.filters = filters;
    this.fresh.set(0);
    const { q, status, door, serviceId, userId, chatId } = filters;
    const query = { ...rangeOf(filters, this.now()), q, status, door, serviceId, userId, chatId };
    await this.calls.load((cursor, signal) => this.api.calls({ ...query, cursor }, signal), { fresh: true });
  }

  /** Reads the same filters again, up to the present moment. */
  refresh(): Promise<void> {
    return this.search(this.filters);
  }

  /** Rows must not jump under the pointer: a new call is only counted until somebody asks for it. */
  noteNew(): void {
    this.fresh.update((count) => count + 1);
  }

  async open(callId: string): Promise<void> {
    this.detail.clear();
    await this.detail.load((signal) => this.api.call(callId, signal));
  }

  /** The services to filter by. */
  loadServices(): Promise<void> {
    return this.services.load((cursor, signal) => this.servicesApi.list({ cursor, limit: EVERY }, signal));
  }
}
