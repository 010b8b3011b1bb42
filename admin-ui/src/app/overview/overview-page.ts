import { Component, DestroyRef, computed, inject } from '@angular/core';
import { auditApi, servicesApi, type ServerEventType } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../api/http';
import { Live } from '../live/live';
import { Session } from '../session/session';
import { ErrorPanel } from '../ui/error-panel';
import { PageHeader } from '../ui/page-header';
import { coalesce } from '../ui/coalesce';
import { Checklist } from './checklist';
import { NeedsYou } from './needs-you';
import { Numbers } from './numbers';
import { OverviewStore } from './overview-store';
import { RecentCalls } from './recent-calls';
import { ServiceStrip } from './service-strip';
import { TopTools } from './top-tools';

/** However fast events come, the numbers are read again at most this often, ms. */
const REFRESH_MS = 2000;

/** The first page: what needs somebody, then how things are. */
@Component({
  selector: 'gh-overview-page',
  imports: [
    TranslocoDirective,
    PageHeader,
    ErrorPanel,
    Checklist,
    NeedsYou,
    Numbers,
    ServiceStrip,
    TopTools,
    RecentCalls,
  ],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('overview.title')" [lead]="t('overview.lead')" />
      <div class="gh-stack">
        @if (store.overview.value(); as overview) {
          @if (mayAdminister() && store.starting()) {
            <gh-checklist [checklist]="overview.checklist" [done]="store.stepsDone()" />
          }
          @if (overview.services.total > 0 || overview.disk) {
            <gh-needs-you [concerns]="store.concerns()" [disk]="overview.disk" [held]="store.held()" />
          }
          <gh-numbers [overview]="overview" />
          <gh-service-strip [entries]="store.strip()" />
          <div class="two">
            <gh-recent-calls [calls]="overview.recent" />
            <gh-top-tools [tools]="overview.topTools" />
          </div>
        } @else if (store.overview.error(); as error) {
          <div class="gh-card"><gh-error-panel [error]="error" (retry)="store.load()" /></div>
        } @else {
          <div class="wait" role="status" [attr.aria-label]="t('loading')">
            @for (block of [120, 90, 90, 260]; track $index) {
              <div class="gh-card" [style.height.px]="block" aria-hidden="true"></div>
            }
          </div>
        }
      </div>
    </ng-container>
  `,
  styles: `
    .two {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 360px;
      gap: var(--gh-4);
      align-items: start;
    }
    .wait {
      display: flex;
      flex-direction: column;
      gap: var(--gh-4);
      animation: appear 0s 150ms both;
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
    }
    @media (max-width: 1180px) {
      .two {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export default class OverviewPage {
  private readonly http = inject(HTTP);
  private readonly session = inject(Session);
  private readonly live = inject(Live);

  protected readonly store = new OverviewStore(auditApi(this.http), servicesApi(this.http), this.live.health);
  protected readonly mayAdminister = computed(() => this.session.may('services:write'));

  constructor() {
    void this.store.load();
    this.refreshOn('call.finished', () => void this.store.loadNumbers());
    this.refreshOn('service.capabilities', () => void this.store.loadNumbers());
    this.refreshOn('service.changed', () => void this.store.load());
  }

  private refreshOn(type: ServerEventType, act: () => void): void {
    const refresh = coalesce(act, REFRESH_MS);
    const stop = this.live.on(type, refresh.request);
    inject(DestroyRef).onDestroy(() => {
      stop();
      refresh.cancel();
    });
  }
}
