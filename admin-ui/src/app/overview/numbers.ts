import { Component, computed, inject, input } from '@angular/core';
import type { Overview } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../i18n/languages';
import { formatCount, formatDuration, formatShare } from '../ui/format';

/** The four numbers of the last 24 hours. */
@Component({
  selector: 'gh-numbers',
  imports: [TranslocoDirective],
  template: `
    <dl *transloco="let t">
      <div class="gh-card">
        <dt>{{ t('overview.calls') }}</dt>
        <dd>{{ shown().calls }}</dd>
        <dd class="note">{{ t('overview.last24') }}</dd>
      </div>
      <div class="gh-card">
        <dt>{{ t('overview.errors') }}</dt>
        <dd>{{ shown().errorShare }}</dd>
        <dd class="note">{{ t('overview.ofCalls', { n: shown().errors, total: shown().calls }) }}</dd>
      </div>
      <div class="gh-card">
        <dt>{{ t('overview.denied') }}</dt>
        <dd>{{ shown().denied }}</dd>
        <dd class="note">{{ t('overview.last24') }}</dd>
      </div>
      <div class="gh-card">
        <dt>{{ t('overview.p95') }}</dt>
        <dd>{{ shown().p95 }}</dd>
        <dd class="note">{{ t('overview.p95Hint') }}</dd>
      </div>
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
      gap: var(--gh-4);
    }
    .gh-card {
      padding: var(--gh-3) var(--gh-4);
    }
    dt,
    .note {
      color: var(--gh-muted);
      font-size: var(--gh-text-xs);
    }
    dd:not(.note) {
      font-size: 24px;
      font-weight: 600;
      line-height: 1.4;
    }
  `,
})
export class Numbers {
  private readonly languages = inject(Languages);

  readonly overview = input.required<Overview>();

  protected readonly shown = computed(() => {
    const { calls24h, errors24h, denied24h, p95Ms } = this.overview();
    const language = this.languages.current();
    return {
      calls: formatCount(calls24h, language),
      errors: formatCount(errors24h, language),
      errorShare: formatShare(errors24h, calls24h, language),
      denied: formatCount(denied24h, language),
      p95: formatDuration(p95Ms),
    };
  });
}
