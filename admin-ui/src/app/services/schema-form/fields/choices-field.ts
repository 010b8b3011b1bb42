import { Component } from '@angular/core';
import { FieldHelp, FieldLabel } from './field-label';
import { SharedField } from './shared-field';

/** Any number of several values, as boxes to tick. */
@Component({
  selector: 'gh-choices-field',
  imports: [FieldLabel, FieldHelp],
  template: `
    <fieldset [attr.aria-describedby]="helpId">
      <legend><gh-field-label [label]="own.label" [required]="own.required" /></legend>
      @for (option of own.options; track option.value) {
        <label class="box">
          <input type="checkbox" [checked]="ticked(option.value)" (change)="tick(option.value, $event)" />
          {{ option.label }}
        </label>
      }
    </fieldset>
    <gh-field-help [for]="helpId" [description]="own.description" [message]="message" />
  `,
  styles: `
    .box {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      margin-inline-end: var(--gh-4);
    }
  `,
})
export class ChoicesField extends SharedField {
  protected ticked(value: string): boolean {
    return this.ticks()[value] === true;
  }

  protected tick(value: string, event: Event): void {
    this.formControl.setValue({ ...this.ticks(), [value]: (event.target as HTMLInputElement).checked });
  }

  private ticks(): Record<string, boolean> {
    return (this.formControl.value ?? {}) as Record<string, boolean>;
  }
}
