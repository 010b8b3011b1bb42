import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import { inspectorApi, type TrafficSource } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { Live } from '../../live/live';
import { ListState } from '../../ui/list-state';
import { PagedList } from '../../ui/paged-list';
import { RelativeTime } from '../../ui/relative-time';
import { Clock } from '../../ui/clock';
import { TrafficView } from './traffic-view';

/** Who comes in at the MCP endpoints; choosing one shows its messages. */
@Component({
  selector: 'gh-clients-tab',
  imports: [TranslocoDirective, ListState, RelativeTime, TrafficView],
  template: `
    <div class="split" *transloco="let t">
      <section class="gh-card" [attr.aria-label]="t('inspector.clients.tab')">
        <gh-list-state
          [of]="sources"
          [emptyTitle]="t('inspector.clients.emptyTitle')"
          [emptyText]="t('inspector.clients.emptyText')"
        >
          <ul>
            @for (source of sources.items(); track source.id) {
              <li>
                <button type="button" [attr.aria-pressed]="source.id === of()" (click)="choose(source)">
                  <span class="gh-spread">
                    <strong class="gh-ellipsis">{{ source.client?.name || t('inspector.clients.unnamed') }}</strong>
                    <span class="gh-tag">{{ t('inspector.clients.' + source.era) }}</span>
                  </span>
                  <span class="gh-muted gh-small">{{
                    t('inspector.clients.who', { email: source.person.email, key: source.credential.name })
                  }}</span>
                  <span class="gh-muted gh-small gh-row gh-row-wrap">
                    <code>{{ source.endpoint }}</code>
                    <span>{{ t('inspector.clients.requests', { n: source.requests }) }}</span>
                    <gh-time [at]="source.lastUsedAt" />
                  </span>
                </button>
              </li>
            }
          </ul>
        </gh-list-state>
      </section>
      @if (chosen(); as source) {
        <gh-traffic [source]="source" />
      } @else {
        <section class="gh-card gh-card-body gh-stack-sm">
          <p>{{ t(of() && sources.state() !== 'loading' ? 'inspector.clients.gone' : 'inspector.clients.choose') }}</p>
          <p class="gh-muted">{{ t('inspector.clients.notice') }}</p>
        </section>
      }
    </div>
  `,
  styles: `
    .split {
      display: grid;
      grid-template-columns: minmax(240px, 340px) minmax(0, 1fr);
      align-items: start;
      gap: var(--gh-4);
    }
    @media (max-width: 900px) {
      .split {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    li + li {
      border-top: 1px solid var(--gh-border);
    }
    button {
      display: flex;
      flex-direction: column;
      gap: 2px;
      width: 100%;
      padding: var(--gh-3) var(--gh-4);
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
      overflow-wrap: anywhere;
    }
    button:hover,
    button[aria-pressed='true'] {
      background: var(--gh-off-soft);
    }
  `,
})
export default class ClientsTab {
  private readonly api = inspectorApi(inject(HTTP));
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly finished = inject(Live).count('call.finished');
  private readonly now = inject(Clock).now;

  /** Id of the client that is looked at; from the query string. */
  readonly of = input<string>();

  protected readonly sources = new PagedList<TrafficSource>();
  protected readonly chosen = computed(() => this.sources.items().find(({ id }) => id === this.of()));

  constructor() {
    effect(() => {
      this.finished();
      this.now();
      void untracked(() =>
        this.sources.load(async (_, signal) => ({ items: await this.api.sources(signal), nextCursor: null })),
      );
    });
  }

  /** The client lives in the address, so that a reload looks at the same one. */
  protected choose({ id }: TrafficSource): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { of: id }, replaceUrl: true });
  }
}
