import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Call } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { CallStatusChip } from '../ui/call-status';
import { DurationPipe } from '../ui/format-pipes';
import { Icon } from '../ui/icon';
import { RelativeTime } from '../ui/relative-time';

/** The newest calls, refusals included; each opens in the audit. */
@Component({
  selector: 'gh-recent-calls',
  imports: [RouterLink, TranslocoDirective, Icon, CallStatusChip, DurationPipe, RelativeTime],
  template: `
    <section class="gh-card" aria-labelledby="recent-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="recent-title">{{ t('overview.recent') }}</h2>
        <a class="gh-small" routerLink="/audit">{{ t('overview.recentAll') }} <nz-icon nzType="right" /></a>
      </div>
      @if (calls().length) {
        <div class="gh-table-wrap">
          <table class="gh-table" aria-labelledby="recent-title">
            <thead>
              <tr>
                <th scope="col">{{ t('overview.what') }}</th>
                <th scope="col">{{ t('overview.who') }}</th>
                <th scope="col">{{ t('overview.outcome') }}</th>
                <th scope="col" class="gh-num">{{ t('overview.duration') }}</th>
                <th scope="col" class="gh-num">{{ t('overview.when') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (call of calls(); track call.id) {
                <tr>
                  <td>
                    <a routerLink="/audit" [queryParams]="{ call: call.id }"
                      ><code>{{ call.tool }}</code></a
                    >
                    <span class="gh-sub">{{ call.service.name }} · {{ t('door.' + call.door) }}</span>
                  </td>
                  <td>{{ call.user.name || t('overview.nobody') }}</td>
                  <td><gh-call-status [status]="call.status" /></td>
                  <td class="gh-num">{{ call.durationMs | duration }}</td>
                  <td class="gh-num gh-muted"><gh-time [at]="call.at" /></td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <div class="gh-card-body">
          <p>{{ t('overview.recentNone') }}</p>
          <p class="gh-muted gh-small">{{ t('overview.recentHint') }}</p>
        </div>
      }
    </section>
  `,
  styles: `
    .gh-card-head nz-icon {
      font-size: 10px;
    }
  `,
})
export class RecentCalls {
  readonly calls = input.required<readonly Call[]>();
}
