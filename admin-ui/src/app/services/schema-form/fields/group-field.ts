import { Component } from '@angular/core';
import { FieldType, FormlyField, type FieldGroupTypeConfig } from '@ngx-formly/core';
import { pointerOf, propsOf, type FieldProps, type FormState } from '../plan-fields';
import { FieldHelp, FieldLabel } from './field-label';

/** The members of an object. */
@Component({
  selector: 'gh-group-field',
  imports: [FormlyField, FieldLabel, FieldHelp],
  template: `
    <fieldset class="inset" [attr.aria-describedby]="id + '-help'">
      <legend><gh-field-label [label]="own.label" [required]="own.required" /></legend>
      <gh-field-help [for]="id + '-help'" [description]="own.description" [message]="message" />
      @for (member of field.fieldGroup; track member.id) {
        <formly-field class="gh-schema-field" [field]="member" />
      }
    </fieldset>
  `,
})
export class GroupField extends FieldType<FieldGroupTypeConfig> {
  protected get own(): FieldProps {
    return propsOf(this.field);
  }

  protected get message(): string | undefined {
    return (this.formState as FormState).message(pointerOf(this.field));
  }
}
