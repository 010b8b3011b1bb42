import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import { RelativeTime } from '../../ui/relative-time';
import { HealthDetails } from '../health/health-details';
import { OwnAccount } from './own-account';
import { ServiceStore } from './service-store';

const OFFERS = [
  { part: 'tools', icon: 'tool' },
  { part: 'resources', icon: 'file' },
  { part: 'resourceTemplates', icon: 'file-text' },
  { part: 'prompts', icon: 'message' },
] as const;

/** What the service is, how it does, and what it offers, at a glance. */
@Component({
  selector: 'gh-overview-tab',
  imports: [RouterLink, TranslocoDirective, Icon, RelativeTime, HealthDetails, OwnAccount],
  template: `
    <ng-container *transloco="let t">
      @if (store.service(); as service) {
        <div class="grid">
          <div class="gh-stack">
            @if (service.myCredentials) {
              <gh-own-account [service]="service" (changed)="store.refresh()" />
            }
            <section class="gh-card" aria-labelledby="ov-offers">
              <div class="gh-card-head">
                <h2 id="ov-offers">{{ t('services.overview.offers') }}</h2>
                @if (service.capabilities.fetchedAt; as at) {
                  <span class="gh-muted gh-small">{{ t('services.overview.read') }} <gh-time [at]="at" /></span>
                }
              </div>
              <ul class="gh-card-body offers">
                @for (offer of offers(); track offer.part) {
                  <li>
                    <a [routerLink]="['..', offer.part === 'resourceTemplates' ? 'resources' : offer.part]">
                      <nz-icon [nzType]="offer.icon" />
                      <strong>{{ offer.count }}</strong> {{ t('services.offer.' + offer.part) }}
                    </a>
                  </li>
                }
              </ul>
            </section>

            <section class="gh-card" aria-labelledby="ov-health">
              <div class="gh-card-head">
                <h2 id="ov-health">{{ t('services.overview.health') }}</h2>
              </div>
              <div class="gh-card-body"><gh-health-details [health]="service.health" /></div>
            </section>
          </div>
          <section class="gh-card" aria-labelledby="ov-server">
            <div class="gh-card-head">
              <h2 id="ov-server">{{ t('services.overview.server') }}</h2>
            </div>
            <dl class="gh-card-body gh-dl">
              @if (service.capabilities.serverInfo; as info) {
                <dt>{{ t('services.overview.software') }}</dt>
                <dd>{{ info.title || info.name }} {{ info.version }}</dd>
              }
              <dt>{{ t('services.overview.transport') }}</dt>
              <dd>{{ t('services.transport.' + (service.capabilities.transport ?? service.type)) }}</dd>
              @if (service.capabilities.era; as era) {
                <dt>{{ t('services.overview.protocol') }}</dt>
                <dd>{{ service.capabilities.protocolVersion }} ({{ t('services.era.' + era) }})</dd>
              }
              @if (service.url) {
                <dt>{{ t('services.overview.url') }}</dt>
                <dd>
                  <code>{{ service.url }}</code>
                </dd>
              }
              @if (commandLine()) {
                <dt>{{ t('services.overview.command') }}</dt>
                <dd>
                  <code>{{ commandLine() }}</code>
                </dd>
              }
              @if (service.tlsExpiry?.ca; as at) {
                <dt>{{ t('services.overview.caEnds') }}</dt>
                <dd><gh-time [at]="at" /></dd>
              }
              @if (service.tlsExpiry?.cert; as at) {
                <dt>{{ t('services.overview.certEnds') }}</dt>
                <dd><gh-time [at]="at" /></dd>
              }
              <dt>{{ t('services.overview.changed') }}</dt>
              <dd><gh-time [at]="service.updatedAt" /></dd>
            </dl>
          </section>

          @if (service.capabilities.instructions; as instructions) {
            <section class="gh-card wide" aria-labelledby="ov-instructions">
              <div class="gh-card-head">
                <h2 id="ov-instructions">{{ t('services.overview.instructions') }}</h2>
                <span class="gh-muted gh-small">{{ t('services.overview.foreign') }}</span>
              </div>
              <p class="gh-card-body foreign">{{ instructions }}</p>
            </section>
          }
        </div>
      }
    </ng-container>
  `,
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr));
      align-items: start;
      gap: var(--gh-4);
    }
    .wide {
      grid-column: 1 / -1;
    }
    .offers {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-2);
    }
    .offers a {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      padding: 4px 12px;
      border: 1px solid var(--gh-border);
      border-radius: 16px;
      background: var(--gh-surface-2);
      color: var(--gh-text);
    }
    .offers a:hover {
      border-color: var(--gh-primary);
      text-decoration: none;
    }
    .foreign {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
})
export default class OverviewTab {
  protected readonly store = inject(ServiceStore);
  protected readonly commandLine = computed(() => {
    const { command = '', args = [] } = this.store.service()?.config ?? {};
    return [command, ...args].join(' ');
  });
  protected readonly offers = computed(() => {
    const offered = this.store.service()?.capabilities;
    // Before it was ever read, nobody knows.
    return OFFERS.map(({ part, icon }) => ({ part, icon, count: offered?.fetchedAt ? offered[part] : '–' }));
  });
}
