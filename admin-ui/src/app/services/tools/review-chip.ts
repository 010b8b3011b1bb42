import { Component, input } from '@angular/core';
import type { ToolReview } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { StatusChip } from '../../ui/status-chip';

/** Says that a tool is held, or says something else than before; nothing where there is nothing to look at. */
@Component({
  selector: 'gh-review-chip',
  imports: [TranslocoDirective, StatusChip],
  template: `
    <ng-container *transloco="let t">
      @if (review()?.state === 'held') {
        <gh-status tone="warn" [word]="t('services.review.held')" />
      } @else if (review()?.changes?.length) {
        <gh-status tone="info" [word]="t('services.review.changed')" />
      }
    </ng-container>
  `,
})
export class ReviewChip {
  readonly review = input<ToolReview>();
}
