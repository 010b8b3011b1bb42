import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Service } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../i18n/languages';
import { Icon } from '../ui/icon';
import { localText } from '../ui/local-text';
import { StatusIcon } from '../ui/status-chip';
import { HEALTH_TONES } from '../ui/tones';

/** More would no longer be read at a glance. */
const SHOWN = 24;

/** Every service as one small cell, coloured and marked by its health. */
@Component({
  selector: 'gh-service-strip',
  imports: [RouterLink, TranslocoDirective, Icon, StatusIcon],
  template: `
    <section class="gh-card" aria-labelledby="strip-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="strip-title">{{ t('overview.services') }}</h2>
        <a class="gh-small" routerLink="/mcp">{{ t('overview.servicesAll') }} <nz-icon nzType="right" /></a>
      </div>
      @if (cells().length) {
        <ul>
          @for (cell of cells(); track cell.id) {
            <li>
              <a [routerLink]="['/mcp', cell.slug]" [title]="cell.name + ' · ' + t('health.' + cell.state)">
                <gh-status-icon [tone]="cell.tone" />
                <span class="gh-ellipsis">{{ cell.name }}</span>
                <span class="gh-sr">{{ t('health.' + cell.state) }}</span>
              </a>
            </li>
          }
          @if (hidden()) {
            <li>
              <a routerLink="/mcp">{{ t('overview.servicesMore', { n: hidden() }) }}</a>
            </li>
          }
        </ul>
      } @else {
        <p class="gh-card-body gh-muted">{{ t('overview.servicesNone') }}</p>
      }
    </section>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
      gap: var(--gh-2);
      padding: var(--gh-3) var(--gh-4) var(--gh-4);
    }
    li a {
      display: flex;
      align-items: center;
      gap: 6px;
      height: 32px;
      padding: 0 10px;
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
      color: var(--gh-text-2);
      font-size: var(--gh-text-sm);
      text-decoration: none;
    }
    li a:hover {
      border-color: var(--gh-border-strong);
      background: var(--gh-hover);
      color: var(--gh-text);
    }
    .gh-card-head nz-icon {
      font-size: 10px;
    }
  `,
})
export class ServiceStrip {
  private readonly languages = inject(Languages);

  readonly entries = input.required<readonly { service: Service; health: Service['health'] }[]>();

  protected readonly hidden = computed(() => Math.max(0, this.entries().length - SHOWN));
  protected readonly cells = computed(() =>
    this.entries()
      .slice(0, SHOWN)
      .map(({ service, health }) => ({
        id: service.id,
        slug: service.slug,
        name: localText(service.displayName, this.languages.current(), service.name),
        state: health.state,
        tone: HEALTH_TONES[health.state],
      })),
  );
}
