import { Component, DestroyRef, computed, effect, inject, signal, untracked } from '@angular/core';
import { servicesApi, type Service } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Languages } from '../../i18n/languages';
import { Live } from '../../live/live';
import { Session } from '../../session/session';
import { coalesce } from '../../ui/coalesce';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { localText } from '../../ui/local-text';
import { PageHeader } from '../../ui/page-header';
import { Toaster } from '../../ui/toasts';
import { urlFilters } from '../../ui/url-filters';
import { AddDrawer } from '../add/add-drawer';
import { ImportText } from '../add/import-text';
import { PasteBox } from '../add/paste-box';
import { EditDrawer } from '../form/edit-drawer';
import { HealthDetails } from '../health/health-details';
import { BulkBar } from './bulk-bar';
import { FilterBar } from './filter-bar';
import { NO_FILTERS } from './service-filters';
import { ServiceListStore, type BulkOutcome } from './service-list-store';
import { ServiceRow, type RowAct } from './service-row';

/** Changes that come in a burst, for example of an import, cause one reading, ms. */
const RELOAD_PAUSE_MS = 600;

/** All services with their live status, and everything that is done to them. */
@Component({
  selector: 'gh-services-page',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ListState,
    LoadMore,
    PageHeader,
    AddDrawer,
    EditDrawer,
    PasteBox,
    HealthDetails,
    BulkBar,
    FilterBar,
    ServiceRow,
  ],
  templateUrl: './services-page.html',
  styleUrl: './services-page.css',
})
export default class ServicesPage {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly languages = inject(Languages);
  private readonly importText = inject(ImportText);

  private readonly live = inject(Live);

  protected readonly store = new ServiceListStore(servicesApi(inject(HTTP)), this.live.health);
  protected readonly filters = urlFilters(NO_FILTERS);
  protected readonly adding = signal<'paste' | 'form' | undefined>(undefined);
  protected readonly editing = signal<Service | undefined>(undefined);
  protected readonly expanded = signal<string | undefined>(undefined);
  protected readonly bulkBusy = signal(false);
  protected readonly mayAdd = computed(() => this.session.may('services:write'));
  protected readonly allSelected = computed(
    () => this.store.rows().length > 0 && this.store.rows().every((service) => this.store.selected().has(service.id)),
  );
  /** Nothing is registered at all, and this person may change that. */
  protected readonly bare = computed(
    () => this.store.list.state() === 'empty' && !this.filters.active() && this.mayAdd(),
  );

  constructor() {
    const reload = coalesce(() => void this.store.list.reload(), RELOAD_PAUSE_MS);
    const stops = [
      this.live.on('service.changed', reload.request),
      this.live.on('service.capabilities', reload.request),
      reload.cancel,
    ];
    inject(DestroyRef).onDestroy(() => stops.forEach((stop) => stop()));
    effect(() => {
      const filters = this.filters.value();
      untracked(() => void this.store.load(filters));
    });
  }

  protected expand(service: Service): void {
    this.expanded.update((id) => (id === service.id ? undefined : service.id));
  }

  /** Opens the drawer with a text that was pasted on the page itself. */
  protected paste(text: string): void {
    this.importText.set(text);
    this.adding.set('paste');
  }

  protected async act(service: Service, act: RowAct): Promise<void> {
    const name = localText(service.displayName, this.languages.current(), service.name);
    if (act === 'edit') return this.editing.set(service);
    if (act === 'delete' && !(await this.agreeToDelete(name))) return;
    try {
      await this.perform(service, act);
      this.toaster.success(`services.done.${act}`, { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }

  private perform(service: Service, act: Exclude<RowAct, 'edit'>): Promise<void> {
    if (act === 'delete') return this.store.remove(service);
    if (act === 'reconnect') return this.store.reconnect(service);
    return this.store.enable(service, act === 'enable');
  }

  private agreeToDelete(name: string): Promise<boolean> {
    return this.confirm.ask({
      title: this.transloco.translate('services.delete.title', { name }),
      text: this.transloco.translate('services.delete.text'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
  }

  protected async bulk(act: () => Promise<BulkOutcome>): Promise<void> {
    this.bulkBusy.set(true);
    try {
      const { done, failed, error } = await act();
      if (error)
        this.toaster.show('error', this.transloco.translate('services.bulk.partly', { done, failed }), error.message);
      else this.toaster.success('services.bulk.done', { n: done });
    } finally {
      this.bulkBusy.set(false);
    }
  }
}
