import { Component, computed, input } from '@angular/core';
import type { JobProgress, JobStatus } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { StatusChip, type Tone } from '../ui/status-chip';

const TONES: Record<JobStatus, Tone> = {
  queued: 'info',
  running: 'busy',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'off',
  unknown: 'warn',
};

/** Where a job stands. */
@Component({
  selector: 'gh-job-status',
  imports: [TranslocoDirective, StatusChip],
  template: `<gh-status *transloco="let t" [tone]="tone()" [word]="t('jobs.status.' + status())" />`,
})
export class JobStatusChip {
  readonly status = input.required<JobStatus>();

  protected readonly tone = computed(() => TONES[this.status()]);
}

/** How far a job is: a bar where the end is known, and the service's own words. */
@Component({
  selector: 'gh-job-progress',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (of().total; as total) {
        <progress [max]="total" [value]="of().progress" [attr.aria-label]="t('jobs.progress')"></progress>
        <span class="gh-small">{{ of().progress }} / {{ total }}</span>
      } @else {
        <span class="gh-small">{{ of().progress }}</span>
      }
      @if (of().message) {
        <span class="gh-sub words">{{ of().message }}</span>
      }
    </ng-container>
  `,
  styles: `
    progress {
      width: 96px;
      height: 6px;
      margin-right: var(--gh-2);
      accent-color: var(--gh-primary);
      vertical-align: middle;
    }
    .words {
      max-width: 240px;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class JobProgressBar {
  readonly of = input.required<JobProgress>();
}
