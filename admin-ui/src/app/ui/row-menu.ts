import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';

export interface RowAct {
  id: string;
  /** Key of its word. */
  text: string;
  /** Whether it destroys something. */
  bad?: boolean;
}

/** The acts of one row behind "…"; nothing at all when there are none. */
@Component({
  selector: 'gh-row-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, TranslocoDirective, Icon],
  template: `
    @if (acts().length) {
      <ng-container *transloco="let t">
        <button
          class="gh-icon-btn"
          type="button"
          [attr.aria-label]="t('act.more', { name: name() })"
          [cdkMenuTriggerFor]="menu"
        >
          <nz-icon nzType="ellipsis" />
        </button>
        <ng-template #menu>
          <div class="gh-menu" cdkMenu>
            @for (act of acts(); track act.id) {
              <button
                class="gh-menu-item"
                type="button"
                cdkMenuItem
                [attr.data-tone]="act.bad ? 'bad' : null"
                (cdkMenuItemTriggered)="chosen.emit(act.id)"
              >
                {{ t(act.text) }}
              </button>
            }
          </div>
        </ng-template>
      </ng-container>
    }
  `,
})
export class RowMenu {
  readonly acts = input.required<readonly RowAct[]>();
  /** What the row is about, for screen readers. */
  readonly name = input.required<string>();
  /** The id of the chosen act. */
  readonly chosen = output<string>();
}
