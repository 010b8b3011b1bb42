import { Directive } from '@angular/core';
import { FieldType, type FieldTypeConfig } from '@ngx-formly/core';
import { pointerOf, propsOf, type FieldProps, type FormState } from '../plan-fields';

/** What every field type has in common: its words, and what the last check said about it. */
@Directive()
export abstract class SharedField extends FieldType<FieldTypeConfig> {
  protected get own(): FieldProps {
    return propsOf(this.field);
  }

  protected get state(): FormState {
    return this.formState as FormState;
  }

  /** What is wrong with the entry; undefined when nothing is, or nothing was checked yet. */
  protected get message(): string | undefined {
    return this.state.message(pointerOf(this.field));
  }

  protected get helpId(): string {
    return `${this.id}-help`;
  }
}
