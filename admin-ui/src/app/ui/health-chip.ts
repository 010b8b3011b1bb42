import { Component, computed, input } from '@angular/core';
import type { HealthState } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { StatusChip } from './status-chip';
import { HEALTH_TONES } from './tones';

/** How usable a service is. */
@Component({
  selector: 'gh-health',
  imports: [TranslocoDirective, StatusChip],
  template: `<gh-status *transloco="let t" [tone]="tone()" [word]="t('health.' + state())" />`,
})
export class HealthChip {
  readonly state = input.required<HealthState>();

  protected readonly tone = computed(() => HEALTH_TONES[this.state()]);
}
