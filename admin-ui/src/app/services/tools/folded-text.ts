import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CountPipe } from '../../ui/format-pipes';
import { foldRuns } from './folded-runs';

/** A foreign text as it is, line breaks included; padding is counted, so that what stands behind it is seen. */
@Component({
  selector: 'gh-folded-text',
  imports: [TranslocoDirective, CountPipe],
  template: `
    <ng-container *transloco="let t">
      @for (run of runs(); track $index) {
        @switch (run.kind) {
          @case ('text') {
            <span>{{ run.text }}</span>
          }
          @case ('spaces') {
            <span class="fold">{{ t('services.review.spaces', { n: run.count | count }) }}</span>
          }
          @case ('repeated') {
            <span class="fold">{{ t('services.review.repeated', { n: run.count | count, sign: run.sign }) }}</span>
          }
        }
      }
    </ng-container>
  `,
  styles: `
    :host {
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    .fold {
      margin: 0 2px;
      padding: 0 6px;
      border: 1px dashed currentColor;
      border-radius: 4px;
      font-family: var(--gh-font);
      font-size: var(--gh-text-xs);
    }
  `,
})
export class FoldedText {
  readonly text = input.required<string>();

  protected readonly runs = computed(() => foldRuns(this.text()));
}
