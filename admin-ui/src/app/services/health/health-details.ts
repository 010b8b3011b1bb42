import { Component, computed, inject, input } from '@angular/core';
import type { ServiceHealth } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../../i18n/languages';
import { DurationPipe } from '../../ui/format-pipes';
import { CheckedAgo } from './checked-ago';
import { healthReason, isWatched } from './health-reason';

/** Everything known about the health of a service: reason, remedy, since when, when it was last looked at. */
@Component({
  selector: 'gh-health-details',
  imports: [TranslocoDirective, DurationPipe, CheckedAgo],
  template: `
    <ng-container *transloco="let t">
      @if (reason(); as reason) {
        <p class="what">{{ reason.message }}</p>
        <p class="gh-muted">{{ reason.remedy }}</p>
      }
      <p class="gh-muted gh-small facts">
        <span>{{ t('services.health.since') }} <gh-checked-ago [at]="health().since" /></span>
        @if (looked()) {
          <span>{{ t('services.health.checked') }} <gh-checked-ago [at]="health().checkedAt" /></span>
        }
        @if (health().latencyMs !== undefined) {
          <span>{{ t('services.health.latency') }} {{ health().latencyMs | duration }}</span>
        }
        @if (health().pool; as pool) {
          <span>{{ t('services.health.pool', { connections: pool.connections, busy: pool.busy }) }}</span>
          @if (pool.waiting) {
            <span>{{ t('services.health.waiting', { waiting: pool.waiting }) }}</span>
          }
          @if (pool.breaker !== 'closed') {
            <span>{{ t('services.health.breaker.' + pool.breaker) }}</span>
          }
        }
        @if (health().code; as code) {
          <code>{{ code }}</code>
        }
      </p>
    </ng-container>
  `,
  styles: `
    .what {
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-1) var(--gh-4);
      margin-top: var(--gh-1);
    }
  `,
})
export class HealthDetails {
  private readonly languages = inject(Languages);

  readonly health = input.required<ServiceHealth>();

  protected readonly looked = computed(() => isWatched(this.health().state));
  protected readonly reason = computed(() => healthReason(this.health(), this.languages.current()));
}
