import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { FoldedText } from './folded-text';
import type { MarkKind } from './marked-diff';

/** Words of a tool; those that somebody should look at say in words why. */
@Component({
  selector: 'gh-marked-words',
  imports: [TranslocoDirective, FoldedText],
  template: `
    <ng-container *transloco="let t">
      @if (mark(); as kind) {
        <mark [title]="t('services.review.mark.' + kind)">
          <span class="gh-sr">{{ t('services.review.markOf', { kind: t('services.review.mark.' + kind) }) }}</span>
          <gh-folded-text [text]="text()" />
        </mark>
      } @else {
        <gh-folded-text [text]="text()" />
      }
    </ng-container>
  `,
  styles: `
    mark {
      padding: 1px 2px;
      border-bottom: 2px solid var(--gh-warn);
      border-radius: 2px;
      background: var(--gh-warn-soft);
      color: var(--gh-warn);
      font-weight: 600;
      text-decoration: inherit;
    }
  `,
})
export class MarkedWords {
  readonly text = input.required<string>();
  readonly mark = input<MarkKind>();
}
