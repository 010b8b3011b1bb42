import { Component } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { FieldHelp, FieldLabel } from './field-label';
import { SharedField } from './shared-field';

/** A value that a form would lose something of, as JSON, with the reason. */
@Component({
  selector: 'gh-json-field',
  imports: [ReactiveFormsModule, FieldLabel, FieldHelp],
  template: `
    <label [attr.for]="id"><gh-field-label [label]="own.label" [required]="own.required" /></label>
    <textarea
      class="gh-input gh-mono"
      rows="3"
      spellcheck="false"
      placeholder="{ }"
      [id]="id"
      [formControl]="formControl"
      [attr.aria-describedby]="helpId"
      [attr.aria-invalid]="message ? true : null"
      [attr.aria-required]="own.required"
    ></textarea>
    <gh-field-help [for]="helpId" [description]="description" [message]="message" />
  `,
})
export class JsonField extends SharedField {
  protected get description(): string {
    const { plan } = this.own;
    const reason = plan.kind === 'json' ? this.state.word(`json.${plan.reason}`) : '';
    return [this.own.description, reason].filter(Boolean).join('\n');
  }
}
