import { computed, linkedSignal, signal, type Signal } from '@angular/core';
import { ApiError, type Service, type ServicesApi } from '@gatehouse/api-client';
import type { ServiceHealthEvent } from '@gatehouse/contracts';
import { PagedList } from '../../ui/paged-list';
import { withLiveHealth } from '../health/live-health';
import { filterQuery, NO_FILTERS, type ServiceFilters } from './service-filters';

/** How a bulk act ended. */
export interface BulkOutcome {
  done: number;
  failed: number;
  /** The first refusal, when there was any. */
  error?: ApiError;
}

/** The services as the list shows them: read page by page, with what was heard live of their health. */
export class ServiceListStore {
  private readonly chosen = signal<ReadonlySet<string>>(new Set());

  readonly list = new PagedList<Service>();
  readonly rows = computed(() => withLiveHealth(this.list.items(), this.heard()));
  /** Ids of the selected services; they stay selected while filters hide them. */
  readonly selected = this.chosen.asReadonly();
  /** What the filters offer: everything ever seen, as a list that is already filtered must not shrink them. */
  private readonly seen = linkedSignal<readonly Service[], { categories: string[]; tags: string[] }>({
    source: this.list.items,
    computation: (services, before) => ({
      categories: joined(
        before?.value.categories,
        services.map((service) => service.category ?? ''),
      ),
      tags: joined(
        before?.value.tags,
        services.flatMap((service) => service.tags),
      ),
    }),
  });
  readonly categories = computed(() => this.seen().categories);
  readonly tags = computed(() => this.seen().tags);

  constructor(
    private readonly api: Pick<ServicesApi, 'list' | 'enable' | 'reconnect' | 'remove' | 'change'>,
    private readonly heard: Signal<ReadonlyMap<string, ServiceHealthEvent>>,
  ) {}

  load(filters: ServiceFilters = NO_FILTERS): Promise<void> {
    return this.list.load((cursor, signal) => this.api.list(filterQuery(filters, cursor), signal), { fresh: true });
  }

  select(id: string, on: boolean): void {
    this.chosen.update((ids) => (on ? new Set([...ids, id]) : new Set([...ids].filter((one) => one !== id))));
  }

  selectAll(on: boolean): void {
    this.chosen.set(on ? new Set(this.rows().map((service) => service.id)) : new Set());
  }

  async enable(service: Service, enabled: boolean): Promise<void> {
    this.replace(await this.api.enable(service.id, enabled));
  }

  async reconnect(service: Service): Promise<void> {
    this.replace(await this.api.reconnect(service.id));
  }

  async remove(service: Service): Promise<void> {
    await this.api.remove(service.id);
    this.list.update((items) => items.filter((one) => one.id !== service.id));
    this.select(service.id, false);
  }

  /** Switches all selected services on or off. */
  enableSelected(enabled: boolean): Promise<BulkOutcome> {
    return this.eachSelected((service) => this.enable(service, enabled));
  }

  /** Adds a tag to all selected services that lack it. */
  tagSelected(tag: string): Promise<BulkOutcome> {
    return this.eachSelected(async (service) => {
      if (service.tags.includes(tag)) return;
      this.replace(await this.api.change(service.id, { tags: [...service.tags, tag], version: service.version }));
    });
  }

  private async eachSelected(act: (service: Service) => Promise<void>): Promise<BulkOutcome> {
    const services = this.rows().filter((service) => this.chosen().has(service.id) && service.can.edit);
    const ends = await Promise.allSettled(services.map(act));
    const refusals = ends.filter((end) => end.status === 'rejected').map((end) => asApiError(end.reason));
    return { done: ends.length - refusals.length, failed: refusals.length, error: refusals[0] };
  }

  private replace(service: Service): void {
    this.list.update((items) => items.map((one) => (one.id === service.id ? service : one)));
  }
}

/** The reason as a refusal of the server; anything else is a fault of this page and is thrown on. */
function asApiError(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  throw reason instanceof Error ? reason : new Error(String(reason));
}

const joined = (before: readonly string[] = [], words: readonly string[]): string[] =>
  [...new Set([...before, ...words])].filter(Boolean).sort();
