import { Component, input } from '@angular/core';

/** The name of a form field with its mark when it must be filled in. */
@Component({
  selector: 'gh-field-label',
  template: `
    <span class="name">{{ label() }}</span>
    @if (required()) {
      <span class="mark" aria-hidden="true">*</span>
    }
  `,
  styles: `
    .name {
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    .mark {
      margin-inline-start: 3px;
      color: var(--gh-bad);
    }
  `,
})
export class FieldLabel {
  readonly label = input.required<string>();
  readonly required = input(false);
}

/** What a field is for, as its service describes it, and what is wrong with the entry. */
@Component({
  selector: 'gh-field-help',
  template: `
    <div [id]="for()">
      @if (description()) {
        <p class="gh-muted gh-small">{{ description() }}</p>
      }
      @if (message()) {
        <p class="bad">{{ message() }}</p>
      }
    </div>
  `,
  styles: `
    p {
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    .bad {
      color: var(--gh-bad);
      font-size: var(--gh-text-sm);
    }
  `,
})
export class FieldHelp {
  /** Id that the control names in `aria-describedby`. */
  readonly for = input.required<string>();
  readonly description = input<string>();
  readonly message = input<string>();
}
