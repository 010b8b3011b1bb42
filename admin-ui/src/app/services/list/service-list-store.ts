import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ApiError, servicesApi, type Service } from '@gatehouse/api-client';
import { HTTP } from '../../api/http';
import { Live } from '../../live/live';
import { coalesce } from '../../ui/coalesce';
import { PagedList } from '../../ui/paged-list';
import { withLiveHealth } from '../health/live-health';
import { filterQuery, NO_FILTERS, type ServiceFilters } from './service-filters';

/** Changes that come in a burst, for example of an import, cause one reading, ms. */
const RELOAD_PAUSE_MS = 600;

/** How a bulk act ended. */
export interface BulkOutcome {
  done: number;
  /** The first refusal, when there was any. */
  error?: ApiError;
  failed: number;
}

/** The services as the list shows them: read page by page, kept live by events. */
@Injectable()
export class ServiceListStore {
  private readonly api = servicesApi(inject(HTTP));
  private readonly live = inject(Live);
  private readonly chosen = signal<ReadonlySet<string>>(new Set());
  private readonly seenCategories = signal<ReadonlySet<string>>(new Set());
  private readonly seenTags = signal<ReadonlySet<string>>(new Set());

  readonly list = new PagedList<Service>();
  readonly rows = computed(() => withLiveHealth(this.list.items(), this.live.health()));
  /** Ids of the selected services; they stay selected while filters hide them. */
  readonly selected = this.chosen.asReadonly();
  readonly categories = computed(() => [...this.seenCategories()].sort());
  readonly tags = computed(() => [...this.seenTags()].sort());

  constructor() {
    const reload = coalesce(() => void this.list.reload(), RELOAD_PAUSE_MS);
    const stops = [
      this.live.on('service.changed', reload.request),
      this.live.on('service.capabilities', reload.request),
      reload.cancel,
    ];
    inject(DestroyRef).onDestroy(() => stops.forEach((stop) => stop()));
    effect(() => this.remember(this.list.items()));
  }

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
    const refusals = ends.filter((end) => end.status === 'rejected').map((end) => end.reason as unknown);
    const strange = refusals.find((reason) => !(reason instanceof ApiError));
    if (strange) throw strange;
    return { done: ends.length - refusals.length, failed: refusals.length, error: refusals[0] as ApiError | undefined };
  }

  private replace(service: Service): void {
    this.list.update((items) => items.map((one) => (one.id === service.id ? service : one)));
  }

  /** Filters offer what was ever seen: a list that is already filtered must not shrink them. */
  private remember(services: readonly Service[]): void {
    untracked(() => {
      const categories = services.map((service) => service.category).filter((one) => one !== null);
      this.seenCategories.update((seen) => new Set([...seen, ...categories]));
      this.seenTags.update((seen) => new Set([...seen, ...services.flatMap((service) => service.tags)]));
    });
  }
}
