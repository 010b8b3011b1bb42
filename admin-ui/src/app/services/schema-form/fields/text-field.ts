import { Component } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { FieldHelp, FieldLabel } from './field-label';
import { SharedField } from './shared-field';

const INPUT_TYPES: Record<string, string> = {
  email: 'email',
  uri: 'url',
  'uri-reference': 'url',
  date: 'date',
  password: 'password',
};

/** A text or a number; numbers are read by us, because a browser's number field gives no word on what it dropped. */
@Component({
  selector: 'gh-text-field',
  imports: [ReactiveFormsModule, FieldLabel, FieldHelp],
  template: `
    <label [attr.for]="id"><gh-field-label [label]="own.label" [required]="own.required" /></label>
    @if (long) {
      <textarea
        class="gh-input"
        rows="2"
        [id]="id"
        [formControl]="formControl"
        [attr.aria-describedby]="helpId"
        [attr.aria-invalid]="message ? true : null"
        [attr.aria-required]="own.required"
      ></textarea>
    } @else {
      <input
        class="gh-input"
        autocomplete="off"
        [id]="id"
        [type]="inputType"
        [attr.inputmode]="isNumber ? 'decimal' : null"
        [formControl]="formControl"
        [attr.aria-describedby]="helpId"
        [attr.aria-invalid]="message ? true : null"
        [attr.aria-required]="own.required"
      />
    }
    <gh-field-help [for]="helpId" [description]="own.description" [message]="message" />
  `,
})
export class TextField extends SharedField {
  protected get isNumber(): boolean {
    return this.own.plan.kind === 'number';
  }

  protected get long(): boolean {
    return this.own.plan.kind === 'text' && this.own.plan.long;
  }

  protected get inputType(): string {
    const { plan } = this.own;
    return (plan.kind === 'text' && INPUT_TYPES[plan.format ?? '']) || 'text';
  }
}
