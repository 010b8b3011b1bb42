import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** A few exclusive choices side by side. */
@Component({
  selector: 'gh-segments',
  imports: [TranslocoDirective],
  template: `
    <div class="group" role="group" [attr.aria-label]="label()" *transloco="let t">
      @for (choice of choices(); track choice) {
        <button type="button" [attr.aria-pressed]="choice === value()" (click)="chosen.emit(choice)">
          {{ t(prefix() + choice) }}
        </button>
      }
    </div>
  `,
  styles: `
    .group {
      display: inline-flex;
      padding: 2px;
      border-radius: var(--gh-radius);
      background: var(--gh-off-soft);
    }
    button {
      height: 28px;
      padding: 0 var(--gh-3);
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--gh-text-2);
      font: inherit;
      font-size: var(--gh-text-sm);
      cursor: pointer;
    }
    button[aria-pressed='true'] {
      background: var(--gh-raised);
      box-shadow: 0 1px 2px rgb(16 24 40 / 12%);
      color: var(--gh-text);
      font-weight: 600;
    }
  `,
})
export class Segments {
  readonly label = input.required<string>();
  readonly choices = input.required<readonly string[]>();
  /** Stands before each choice in the key of its word. */
  readonly prefix = input.required<string>();
  readonly value = input.required<string>();
  readonly chosen = output<string>();
}
