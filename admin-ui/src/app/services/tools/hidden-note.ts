import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';

/** Warns that the words of something held characters that nobody sees; nothing where there were none. */
@Component({
  selector: 'gh-hidden-note',
  imports: [TranslocoDirective, Icon],
  template: `
    <ng-container *transloco="let t">
      @if (count() > 0) {
        <span class="gh-tag" [title]="t('services.tools.hiddenNote')">
          <nz-icon nzType="warning" nzTheme="fill" />
          {{ t('services.tools.hidden', { n: count() }) }}
          <span class="gh-sr">{{ t('services.tools.hiddenNote') }}</span>
        </span>
      }
    </ng-container>
  `,
  styles: `
    .gh-tag {
      gap: var(--gh-1);
      border-color: var(--gh-warn);
      background: var(--gh-warn-soft);
      color: var(--gh-warn);
    }
  `,
})
export class HiddenNote {
  readonly count = input.required<number>();
}
