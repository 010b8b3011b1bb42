import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { UsageBy, UsageReport } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../i18n/languages';
import { formatShare } from '../ui/format';
import { CountPipe, DurationPipe } from '../ui/format-pipes';

/** The statistics as a table: the chart's twin, and complete. */
@Component({
  selector: 'gh-usage-table',
  imports: [RouterLink, TranslocoDirective, CountPipe, DurationPipe],
  template: `
    <div class="gh-table-wrap" *transloco="let t">
      <table class="gh-table" [attr.aria-label]="t('usage.tableTitle')">
        <thead>
          <tr>
            <th scope="col">{{ t('usage.column.' + by()) }}</th>
            <th scope="col" class="gh-num">{{ t('usage.calls') }}</th>
            <th scope="col" class="gh-num">{{ t('usage.errors') }}</th>
            <th scope="col" class="gh-num">{{ t('usage.denied') }}</th>
            <th scope="col" class="gh-num">{{ t('usage.errorRate') }}</th>
            <th scope="col" class="gh-num">{{ t('usage.avg') }}</th>
            <th scope="col" class="gh-num">{{ t('usage.p95') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.key) {
            <tr>
              <td>
                @if (row.link) {
                  <a routerLink="/audit" [queryParams]="row.link">{{ row.name }}</a>
                } @else {
                  {{ row.name }}
                }
              </td>
              <td class="gh-num">{{ row.calls | count }}</td>
              <td class="gh-num">{{ row.errors | count }}</td>
              <td class="gh-num">{{ row.denied | count }}</td>
              <td class="gh-num">{{ row.errorShare }}</td>
              <td class="gh-num">{{ row.avgMs | duration }}</td>
              <td class="gh-num">{{ row.p95Ms | duration }}</td>
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{{ t('usage.total') }}</th>
            <td class="gh-num">{{ report().total.calls | count }}</td>
            <td class="gh-num">{{ report().total.errors | count }}</td>
            <td class="gh-num">{{ report().total.denied | count }}</td>
            <td class="gh-num">{{ totalShare() }}</td>
            <td class="gh-num">{{ report().total.avgMs | duration }}</td>
            <td class="gh-num">{{ report().total.p95Ms | duration }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  `,
  styles: `
    tfoot th,
    tfoot td {
      border-top: 1px solid var(--gh-border);
      border-bottom: 0;
      background: var(--gh-surface-2);
      color: var(--gh-text);
      font-weight: 600;
    }
  `,
})
export class UsageTable {
  private readonly languages = inject(Languages);

  readonly report = input.required<UsageReport>();
  readonly labels = input.required<readonly string[]>();
  readonly by = input.required<UsageBy>();

  protected readonly rows = computed(() =>
    this.report().items.map((row, index) => ({
      ...row,
      name: this.labels()[index] ?? row.label,
      // Nothing was measured where nothing was called.
      ...(row.calls === 0 ? { avgMs: null, p95Ms: null } : {}),
      errorShare: formatShare(row.errors, row.calls, this.languages.current()),
      link: auditLink(this.by(), row.key),
    })),
  );
  protected readonly totalShare = computed(() =>
    formatShare(this.report().total.errors, this.report().total.calls, this.languages.current()),
  );
}

/** The audit filter that shows a row's calls; days and tools have none that is exact. */
function auditLink(by: UsageBy, key: string): Record<string, string> | undefined {
  if (by === 'service') return { serviceId: key, range: '30d' };
  if (by === 'user') return { userId: key, range: '30d' };
  return undefined;
}
