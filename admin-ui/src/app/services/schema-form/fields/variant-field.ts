import { Component } from '@angular/core';
import { FieldType, FormlyField, type FieldGroupTypeConfig } from '@ngx-formly/core';

/** One of several shapes: first which one, then its fields. */
@Component({
  selector: 'gh-variant-field',
  imports: [FormlyField],
  template: `
    @for (part of field.fieldGroup; track part.id) {
      <formly-field class="gh-schema-field" [field]="part" />
    }
  `,
})
export class VariantField extends FieldType<FieldGroupTypeConfig> {}
