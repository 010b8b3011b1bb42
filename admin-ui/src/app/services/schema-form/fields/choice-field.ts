import { Component } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { FieldHelp, FieldLabel } from './field-label';
import { SharedField } from './shared-field';

/** One of several values, among them yes and no; nothing is chosen until somebody chooses. */
@Component({
  selector: 'gh-choice-field',
  imports: [ReactiveFormsModule, FieldLabel, FieldHelp],
  template: `
    <label [attr.for]="id"><gh-field-label [label]="own.label" [required]="own.required" /></label>
    <select
      class="gh-select"
      [id]="id"
      [formControl]="formControl"
      [attr.aria-describedby]="helpId"
      [attr.aria-invalid]="message ? true : null"
      [attr.aria-required]="own.required"
    >
      <option value="">{{ state.word(own.required ? 'choose' : 'notSet') }}</option>
      @for (option of own.options; track option.value) {
        <option [value]="option.value">{{ option.label }}</option>
      }
    </select>
    <gh-field-help [for]="helpId" [description]="own.description" [message]="message" />
  `,
})
export class ChoiceField extends SharedField {}
