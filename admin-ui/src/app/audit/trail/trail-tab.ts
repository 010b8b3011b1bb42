import { Component, effect, inject, signal, untracked } from '@angular/core';
import { auditApi, type AdminEvent } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { CopyButton } from '../../ui/copy-button';
import { Drawer } from '../../ui/drawer';
import { RowMomentPipe } from '../../ui/format-pipes';
import { JsonView } from '../../ui/json-view';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { PagedList } from '../../ui/paged-list';
import { RangePicker } from '../../ui/range-picker';
import { SearchBox } from '../../ui/search-box';
import { rangeOf } from '../../ui/time-range';
import { urlFilters } from '../../ui/url-filters';

/** Who changed what in the product itself. */
@Component({
  selector: 'gh-trail-tab',
  imports: [
    TranslocoDirective,
    CopyButton,
    Drawer,
    RowMomentPipe,
    JsonView,
    ListState,
    LoadMore,
    RangePicker,
    SearchBox,
  ],
  templateUrl: './trail-tab.html',
})
export default class TrailTab {
  private readonly api = auditApi(inject(HTTP));

  protected readonly events = new PagedList<AdminEvent>();
  protected readonly filters = urlFilters({ range: '30d', from: '', to: '', q: '' });
  protected readonly open = signal<AdminEvent | undefined>(undefined);

  constructor() {
    effect(() => {
      const filters = this.filters.value();
      const query = { ...rangeOf(filters, Date.now()), q: filters.q };
      void untracked(() => this.events.load((cursor, signal) => this.api.events({ ...query, cursor }, signal)));
    });
  }
}
