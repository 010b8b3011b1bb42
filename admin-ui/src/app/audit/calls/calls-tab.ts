import { Component, DestroyRef, computed, effect, inject, untracked } from '@angular/core';
import { auditApi, servicesApi } from '@gatehouse/api-client';
import { CALL_STATUSES, DOORS } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Languages } from '../../i18n/languages';
import { Live } from '../../live/live';
import { Session } from '../../session/session';
import { CallStatusChip } from '../../ui/call-status';
import { BytesPipe, DurationPipe, RowMomentPipe } from '../../ui/format-pipes';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { localText } from '../../ui/local-text';
import { RangePicker } from '../../ui/range-picker';
import { SearchBox } from '../../ui/search-box';
import { urlFilters } from '../../ui/url-filters';
import { CallDrawer } from './call-drawer';
import { CallsStore, NO_CALL_FILTERS, exportAddress, type CallFilters } from './calls-store';

/** The calls as a list, refusals among them; every filter stands in the address. */
@Component({
  selector: 'gh-calls-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    CallStatusChip,
    BytesPipe,
    DurationPipe,
    RowMomentPipe,
    ListState,
    LoadMore,
    RangePicker,
    SearchBox,
    CallDrawer,
  ],
  templateUrl: './calls-tab.html',
  styles: `
    .fresh {
      display: block;
      width: 100%;
      padding: 6px;
      border: 0;
      border-bottom: 1px solid var(--gh-border);
      background: var(--gh-primary-soft);
      color: var(--gh-primary);
      font: inherit;
      font-size: var(--gh-text-sm);
      cursor: pointer;
    }
    .export {
      font-size: var(--gh-text-sm);
      white-space: nowrap;
    }
    .pill {
      gap: 4px;
      border: 1px solid var(--gh-primary);
      color: var(--gh-primary);
      font-size: var(--gh-text-sm);
    }
  `,
})
export default class CallsTab {
  private readonly languages = inject(Languages);

  protected readonly store = new CallsStore(auditApi(inject(HTTP)), servicesApi(inject(HTTP)));
  protected readonly filters = urlFilters<CallFilters>(NO_CALL_FILTERS);
  /** The open call. */
  protected readonly address = urlFilters({ call: '' });
  protected readonly mayExport = inject(Session).may('audit:export');
  /** By what the file is called on the button. */
  protected readonly exports = computed(() =>
    (['csv', 'jsonl'] as const).map((format) => ({
      format,
      address: exportAddress(this.filters.value(), format, Date.now()),
    })),
  );
  protected readonly statuses = CALL_STATUSES;
  protected readonly doors = DOORS;
  protected readonly services = computed(() =>
    this.store.services.items().map((service) => ({
      id: service.id,
      name: localText(service.displayName, this.languages.current(), service.name),
    })),
  );

  constructor() {
    void this.store.loadServices();
    effect(() => {
      const filters = this.filters.value();
      void untracked(() => this.store.search(filters));
    });
    effect(() => {
      const { call } = this.address.value();
      if (call) void untracked(() => this.store.open(call));
    });
    inject(DestroyRef).onDestroy(inject(Live).on('call.finished', () => this.store.noteNew()));
  }

  protected narrow(change: Partial<CallFilters>): void {
    this.address.set({ call: '' });
    this.filters.set(change);
  }
}
