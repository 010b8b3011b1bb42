import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Overview } from '@gatehouse/api-client';
import { errorText, type ErrorCode } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../i18n/languages';
import { HealthChip } from '../ui/health-chip';
import { formatShare } from '../ui/format';
import { Icon } from '../ui/icon';
import { localText } from '../ui/local-text';
import { StatusChip } from '../ui/status-chip';
import { RelativeTime } from '../ui/relative-time';
import type { Concern, HeldService } from './overview-store';

/** What waits for somebody: each with its cause and the one next act. */
@Component({
  selector: 'gh-needs-you',
  imports: [RouterLink, TranslocoDirective, Icon, HealthChip, RelativeTime, StatusChip],
  template: `
    <section class="gh-card" aria-labelledby="needs-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="needs-title">{{ t('overview.needsYou') }}</h2>
        @if (count(); as count) {
          <span class="count">{{ count }}</span>
        }
      </div>
      @if (count()) {
        <ul>
          @if (diskFree(); as free) {
            <li>
              <gh-status tone="warn" [word]="t('overview.disk.low')" />
              <div class="text disk">
                <strong>{{ t('overview.disk.what', { free }) }}</strong>
                <p class="gh-muted gh-small">{{ t('overview.disk.remedy') }}</p>
              </div>
            </li>
          }
          @for (row of heldRows(); track row.slug) {
            <li>
              <gh-status tone="warn" [word]="t('overview.held.chip')" />
              <div class="text held">
                <strong>{{
                  t(row.tools === 1 ? 'overview.held.one' : 'overview.held.many', { n: row.tools, service: row.name })
                }}</strong>
                <p class="gh-muted gh-small">{{ t('overview.held.text') }}</p>
              </div>
              <a
                class="act"
                [routerLink]="['/mcp', row.slug, 'tools']"
                [queryParams]="{ held: 1 }"
                [attr.aria-label]="t('overview.held.act') + ': ' + row.name"
              >
                {{ t('overview.held.act') }} <nz-icon nzType="right" />
              </a>
            </li>
          }
          @for (row of rows(); track row.id) {
            <li>
              <gh-health [state]="row.state" />
              <div class="text">
                <a [routerLink]="['/mcp', row.slug]">{{ row.name }}</a>
                <p class="gh-muted gh-small gh-ellipsis" [title]="row.cause">{{ row.cause }}</p>
              </div>
              <gh-time class="gh-muted gh-small" [at]="row.since" />
              <a
                class="act"
                [routerLink]="['/mcp', row.slug]"
                [attr.aria-label]="t('overview.needsAct.' + row.state) + ': ' + row.name"
              >
                {{ t('overview.needsAct.' + row.state) }} <nz-icon nzType="right" />
              </a>
            </li>
          }
        </ul>
      } @else {
        <p class="calm"><nz-icon nzType="check-circle" nzTheme="fill" /> {{ t('overview.needsNothing') }}</p>
      }
    </section>
  `,
  styles: `
    .count {
      min-width: 22px;
      padding: 0 7px;
      border-radius: 11px;
      background: var(--gh-warn-soft);
      color: var(--gh-warn);
      font-size: var(--gh-text-xs);
      font-weight: 600;
      line-height: 22px;
      text-align: center;
    }
    li {
      display: grid;
      grid-template-columns: 152px minmax(0, 1fr) max-content 140px;
      align-items: center;
      gap: var(--gh-3);
      min-height: 52px;
      padding: 6px var(--gh-4);
      border-bottom: 1px solid var(--gh-border);
    }
    li:last-child {
      border-bottom: 0;
    }
    gh-status {
      justify-self: start;
    }
    .disk {
      grid-column: 2 / -1;
    }
    .held {
      grid-column: 2 / 4;
    }
    .text strong,
    .text a {
      color: var(--gh-text);
      font-weight: 500;
    }
    gh-time,
    .act {
      text-align: end;
    }
    .act {
      font-size: var(--gh-text-sm);
      white-space: nowrap;
    }
    .act nz-icon {
      font-size: 10px;
    }
    @media (max-width: 720px) {
      li {
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--gh-1) var(--gh-3);
      }
      .text {
        grid-row: 2;
        grid-column: 1 / -1;
      }
      li gh-time {
        display: none;
      }
    }
    .calm {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
      padding: var(--gh-4);
      color: var(--gh-muted);
    }
    .calm nz-icon {
      color: var(--gh-ok);
    }
  `,
})
export class NeedsYou {
  private readonly languages = inject(Languages);

  readonly concerns = input.required<readonly Concern[]>();
  /** Nearly full; null while there is room. */
  readonly disk = input<Overview['disk']>(null);
  /** Services with tools that nobody may use yet. */
  readonly held = input<readonly HeldService[]>([]);

  /** In words. */
  protected readonly diskFree = computed(() => {
    const disk = this.disk();
    return disk && formatShare(disk.freeBytes, disk.totalBytes, this.languages.current());
  });

  protected readonly count = computed(() => this.rows().length + this.held().length + (this.disk() ? 1 : 0));

  protected readonly heldRows = computed(() =>
    this.held().map(({ slug, name, displayName, tools }) => ({
      slug,
      tools,
      name: localText(displayName, this.languages.current(), name),
    })),
  );

  protected readonly rows = computed(() => {
    const language = this.languages.current();
    return this.concerns().map(({ service, health, state }) => ({
      id: service.id,
      slug: service.slug,
      name: localText(service.displayName, language, service.name),
      state,
      since: health.since,
      cause: cause(health.code, health.details, language === 'en' ? 'en' : 'zh'),
    }));
  });
}

const cause = (
  code: ErrorCode | undefined,
  details: Record<string, string | number> | undefined,
  language: 'en' | 'zh',
) => (code ? errorText(code, language, details).message : '');
