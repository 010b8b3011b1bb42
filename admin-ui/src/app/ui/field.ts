import { Component, input } from '@angular/core';

/**
 * A labelled form field: label above, hint and error below the control in its content.
 *
 * Give the control the id in `for`, and `[attr.aria-describedby]="id + '-help'"` to have hint and error read with it.
 */
@Component({
  selector: 'gh-field',
  template: `
    <label [attr.for]="for()">
      {{ label() }}
      @if (optional()) {
        <span class="gh-muted optional">{{ optional() }}</span>
      }
    </label>
    <ng-content />
    <div [id]="for() + '-help'" aria-live="polite">
      @if (error()) {
        <p class="error">{{ error() }}</p>
      } @else if (hint()) {
        <p class="gh-muted gh-small">{{ hint() }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--gh-1);
    }
    label {
      color: var(--gh-text);
      font-weight: 500;
    }
    .optional {
      font-weight: 400;
    }
    .error {
      color: var(--gh-bad);
      font-size: var(--gh-text-sm);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  /** Id of the control. */
  readonly for = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  /** The word for "optional", when it is. */
  readonly optional = input('');
}
