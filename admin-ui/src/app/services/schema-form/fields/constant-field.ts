import { Component } from '@angular/core';
import { FieldHelp, FieldLabel } from './field-label';
import { SharedField } from './shared-field';

/** A value that the schema leaves no choice about. */
@Component({
  selector: 'gh-constant-field',
  imports: [FieldLabel, FieldHelp],
  template: `
    <p>
      <gh-field-label [label]="own.label" />: <code>{{ text }}</code>
    </p>
    <gh-field-help [for]="helpId" [description]="own.description" [message]="message" />
  `,
})
export class ConstantField extends SharedField {
  protected get text(): string {
    return JSON.stringify(this.own.plan.kind === 'constant' ? this.own.plan.value : null);
  }
}
