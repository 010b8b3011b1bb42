import { Component, computed, input } from '@angular/core';
import type { CallStatus } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { StatusChip } from './status-chip';
import { CALL_TONES } from './tones';

/** How a call ended. */
@Component({
  selector: 'gh-call-status',
  imports: [TranslocoDirective, StatusChip],
  template: `<gh-status *transloco="let t" [tone]="tone()" [word]="t('callStatus.' + status())" />`,
})
export class CallStatusChip {
  readonly status = input.required<CallStatus>();

  protected readonly tone = computed(() => CALL_TONES[this.status()]);
}
