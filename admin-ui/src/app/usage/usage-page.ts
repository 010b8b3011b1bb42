import { Component, computed, effect, inject, untracked } from '@angular/core';
import { auditApi } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../api/http';
import { Languages } from '../i18n/languages';
import { Session } from '../session/session';
import { formatDay } from '../ui/format';
import { ListState } from '../ui/list-state';
import { PageHeader } from '../ui/page-header';
import { RangePicker } from '../ui/range-picker';
import { Segments } from '../ui/segments';
import { urlFilters } from '../ui/url-filters';
import { BARS } from './chart-options';
import { UsageChart } from './usage-chart';
import { DIMENSIONS, NO_USAGE_FILTERS, UsageStore, dimensionOf, type UsageFilters } from './usage-store';
import { UsageTable } from './usage-table';

/** Statistics of a time by day, service, tool or person, as chart and table. */
@Component({
  selector: 'gh-usage-page',
  imports: [TranslocoDirective, ListState, PageHeader, RangePicker, Segments, UsageChart, UsageTable],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('usage.title')" [lead]="t(all() ? 'usage.lead' : 'usage.leadOwn')">
        <gh-segments
          [label]="t('usage.by.label')"
          [choices]="dimensions"
          prefix="usage.by."
          [value]="by()"
          (chosen)="filters.set({ by: $event })"
        />
        <gh-range [value]="filters.value()" (changed)="filters.set($event)" />
      </gh-page-header>
      @if (store.state() === 'ready' && store.report.value()) {
        <div class="gh-stack">
          <section class="gh-card" aria-labelledby="chart-title">
            <div class="gh-card-head">
              <h2 id="chart-title">{{ t('usage.chartTitle') }}</h2>
              @if (more() > 0) {
                <span class="gh-muted gh-small">{{ t('usage.others', { n: more() }) }}</span>
              }
            </div>
            <div class="gh-card-body">
              @defer (on immediate) {
                <gh-usage-chart [rows]="store.rows()" [labels]="labels()" [by]="by()" />
              } @placeholder {
                <div class="gap"></div>
              }
            </div>
          </section>
          <section class="gh-card" aria-labelledby="table-title">
            <div class="gh-card-head">
              <h2 id="table-title">{{ t('usage.tableTitle') }}</h2>
            </div>
            @if (store.report.value(); as report) {
              <gh-usage-table [report]="report" [labels]="labels()" [by]="by()" />
            }
          </section>
        </div>
      } @else {
        <div class="gh-card">
          <gh-list-state [of]="store" [emptyTitle]="t('usage.emptyTitle')" [emptyText]="t('usage.emptyText')" />
        </div>
      }
    </ng-container>
  `,
  styles: `
    .gap {
      height: 280px;
    }
  `,
})
export default class UsagePage {
  private readonly session = inject(Session);
  private readonly languages = inject(Languages);

  protected readonly store = new UsageStore(auditApi(inject(HTTP)));
  protected readonly filters = urlFilters<UsageFilters>(NO_USAGE_FILTERS);
  protected readonly dimensions = DIMENSIONS;
  protected readonly all = computed(() => this.session.may('usage:read'));
  protected readonly by = computed(() => dimensionOf(this.filters.value().by));
  protected readonly more = computed(() => (this.by() === 'day' ? 0 : this.store.rows().length - BARS));
  protected readonly labels = computed(() =>
    this.store
      .rows()
      .map((row) => (this.by() === 'day' ? formatDay(`${row.key}T12:00:00`, this.languages.current()) : row.label)),
  );

  constructor() {
    effect(() => {
      const filters = this.filters.value();
      void untracked(() => this.store.load(filters));
    });
  }
}
