import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { profilesApi, type Profile, type ProfileTokens } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { Languages } from '../../i18n/languages';
import { ErrorPanel } from '../../ui/error-panel';
import { Remote } from '../../ui/remote';

type ItemTokens = ProfileTokens['items'][number];

/** What a profile takes of a model's context: as a list, and by search, side by side. */
@Component({
  selector: 'gh-token-meter',
  imports: [TranslocoDirective, ErrorPanel],
  template: `
    <div class="gh-stack-sm" *transloco="let t">
      @if (tokens.value(); as counted) {
        @for (bar of bars(); track bar.mode) {
          <div class="line" [attr.data-mode]="bar.mode">
            <span>
              {{ t('profiles.cost.' + bar.mode + 'Of', { n: number(bar.tokens) }) }}
              @if (bar.mode === profile().mode) {
                <span class="gh-tag">{{ t('profiles.cost.present') }}</span>
              }
            </span>
            <span class="track" aria-hidden="true"><span [style.width.%]="bar.share"></span></span>
          </div>
        }
        @if (counted.search < counted.list) {
          <p>{{ t('profiles.cost.saves', { percent: saved(counted) }) }}</p>
        }
        <details>
          <summary>{{ t('profiles.cost.byItem') }}</summary>
          <ul>
            @for (item of counted.items; track $index) {
              <li>
                <span>{{ item.tool ?? t('profiles.items.whole', { service: serviceOf(item) }) }}</span>
                <span class="gh-muted gh-small">
                  {{ t('profiles.items.count', { n: item.tools }) }} ·
                  {{ t('profiles.items.tokens', { n: number(item.tokens) }) }}
                </span>
              </li>
            }
          </ul>
        </details>
        <p class="gh-muted gh-small">{{ t('profiles.cost.lead') }} {{ t('profiles.cost.asSaved') }}</p>
      } @else if (tokens.error()) {
        <gh-error-panel [error]="tokens.error()!" (retry)="tokens.reload()" />
      } @else {
        <p class="gh-muted" role="status">{{ t('profiles.cost.measuring') }}</p>
      }
    </div>
  `,
  styles: `
    .line {
      display: flex;
      flex-direction: column;
      gap: var(--gh-1);
    }
    .track {
      height: 8px;
      border-radius: 4px;
      background: var(--gh-off-soft);
    }
    .track span {
      display: block;
      height: 100%;
      min-width: 3px;
      border-radius: 4px;
      background: var(--gh-warn);
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: var(--gh-3);
      padding: var(--gh-1) 0;
      overflow-wrap: anywhere;
    }
    [data-mode='search'] .track span {
      background: var(--gh-ok);
    }
  `,
})
export class TokenMeter {
  private readonly api = profilesApi(inject(HTTP));
  private readonly languages = inject(Languages);

  readonly profile = input.required<Profile>();

  protected readonly tokens = new Remote<ProfileTokens>();
  protected readonly bars = computed(() => {
    const { list = 0, search = 0 } = this.tokens.value() ?? {};
    const most = Math.max(list, search, 1);
    return [
      { mode: 'list', tokens: list, share: (list / most) * 100 },
      { mode: 'search', tokens: search, share: (search / most) * 100 },
    ];
  });

  constructor() {
    effect(() => {
      const { id } = this.profile();
      untracked(() => void this.tokens.load((signal) => this.api.tokens(id, signal)));
    });
  }

  protected number(value: number): string {
    return value.toLocaleString(this.languages.current());
  }

  protected serviceOf({ serviceId }: ItemTokens): string {
    return this.profile().items?.find((item) => item.serviceId === serviceId)?.serviceName ?? serviceId;
  }

  protected saved({ list, search }: ProfileTokens): string {
    return this.number(Math.floor((1 - search / list) * 100));
  }
}
