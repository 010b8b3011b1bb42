import { Component, computed, inject, input, output, ViewEncapsulation } from '@angular/core';
import { UntypedFormGroup } from '@angular/forms';
import { TranslocoService } from '@jsverse/transloco';
import { FormlyForm, provideFormlyCore, type FormlyFormOptions } from '@ngx-formly/core';
import { Languages } from '../../i18n/languages';
import type { FieldPlan } from './field-plan';
import { ChoiceField } from './fields/choice-field';
import { ChoicesField } from './fields/choices-field';
import { ConstantField } from './fields/constant-field';
import { GroupField } from './fields/group-field';
import { JsonField } from './fields/json-field';
import { ListField } from './fields/list-field';
import { TextField } from './fields/text-field';
import { VariantField } from './fields/variant-field';
import type { FormModel } from './form-model';
import { ROOT_KEY, rootFields, type FormState } from './plan-fields';

const TYPES = [
  { name: 'gh-text', component: TextField },
  { name: 'gh-choice', component: ChoiceField },
  { name: 'gh-choices', component: ChoicesField },
  { name: 'gh-constant', component: ConstantField },
  { name: 'gh-json', component: JsonField },
  { name: 'gh-group', component: GroupField },
  { name: 'gh-list', component: ListField },
  { name: 'gh-variant', component: VariantField },
];

/**
 * The form of a plan. It keeps its own copy of `model`: give another one to start over, and take changes from `modelChange`.
 */
@Component({
  selector: 'gh-schema-form',
  imports: [FormlyForm],
  providers: [provideFormlyCore([{ types: TYPES }])],
  encapsulation: ViewEncapsulation.None,
  template: `
    @for (form of [built()]; track form) {
      <formly-form
        [form]="form.group"
        [fields]="form.fields"
        [model]="form.model"
        [options]="form.options"
        (modelChange)="tell($event)"
      />
    }
  `,
  styles: `
    .gh-schema-field,
    gh-schema-form formly-group > formly-field {
      display: block;
      margin-bottom: var(--gh-3);
    }
    gh-schema-form label,
    gh-schema-form legend {
      display: block;
      width: auto;
      margin: 0 0 2px;
      padding: 0;
      border: 0;
      color: var(--gh-text);
      font-size: inherit;
      line-height: inherit;
    }
    gh-schema-form :is(.gh-input, .gh-select) {
      width: 100%;
    }
    gh-schema-form .inset {
      padding-inline-start: var(--gh-3);
      border-inline-start: 2px solid var(--gh-border);
    }
  `,
})
export class SchemaForm {
  private readonly transloco = inject(TranslocoService);
  private readonly languages = inject(Languages);

  readonly plan = input.required<FieldPlan>();
  readonly model = input.required<FormModel>();
  /** What the last check said, by JSON pointer. */
  readonly messages = input<ReadonlyMap<string, string>>(new Map());
  readonly modelChange = output<FormModel>();

  protected readonly built = computed(() => {
    this.languages.current();
    const word = (key: string): string => this.transloco.translate(`services.form.${key}`);
    const state: FormState = { message: (pointer) => this.messages().get(pointer), word };
    const options: FormlyFormOptions = { formState: state };
    const copy = structuredClone(this.model());
    const model = this.plan().kind === 'group' ? copy : { [ROOT_KEY]: copy };
    return { group: new UntypedFormGroup({}), fields: rootFields(this.plan(), word), model, options };
  });

  protected tell(model: unknown): void {
    this.modelChange.emit(this.plan().kind === 'group' ? model : (model as Record<string, unknown>)[ROOT_KEY]);
  }
}
