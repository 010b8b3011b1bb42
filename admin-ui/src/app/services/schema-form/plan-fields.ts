import type { FormlyFieldConfig } from '@ngx-formly/core';
import type { FieldKind, FieldPlan, GroupPlan, VariantPlan } from './field-plan';
import { escapePointer, startModel } from './form-model';

/**
 * What our field types read from `props`. Texts may be foreign and are only ever interpolated.
 * A type alias, because the library wants an index signature, which an interface does not give.
 */
export type FieldProps = {
  /** The field's own step of its JSON pointer; absent for fields that stand for their parent's value. */
  pointerStep?: string;
  label: string;
  description?: string;
  required: boolean;
  plan: FieldPlan;
  /** What a row that is added to a list starts with. */
  blank?: () => unknown;
  options?: { value: string; label: string }[];
};

/** What the field types share: the messages of the last check by JSON pointer, and the words of the page. */
export interface FormState {
  message: (pointer: string) => string | undefined;
  word: (key: string) => string;
}

const TYPES: Record<FieldKind, string> = {
  text: 'gh-text',
  number: 'gh-text',
  boolean: 'gh-choice',
  choice: 'gh-choice',
  choices: 'gh-choices',
  constant: 'gh-constant',
  list: 'gh-list',
  group: 'gh-group',
  variant: 'gh-variant',
  json: 'gh-json',
};

/** The fields that ask for the arguments; a plan that is no object gets one field for the whole. */
export function rootFields(plan: FieldPlan, word: (key: string) => string): FormlyFieldConfig[] {
  if (plan.kind === 'group') return memberFields(plan, word);
  return [{ ...field(plan, { label: word('whole'), required: true }, word), key: ROOT_KEY }];
}

/** Where the model of a plan that is no object lives in the form's model. */
export const ROOT_KEY = 'value';

const memberFields = (plan: GroupPlan, word: (key: string) => string): FormlyFieldConfig[] =>
  plan.members.map(({ name, required, plan: member }) => ({
    ...field(member, { label: member.title ?? name, required, pointerStep: `/${escapePointer(name)}` }, word),
    // As a list, because a plain string with dots or brackets would be read as a path.
    key: [name],
  }));

type Naming = Pick<FieldProps, 'label' | 'required' | 'pointerStep'>;

function field(plan: FieldPlan, naming: Naming, word: (key: string) => string): FormlyFieldConfig {
  const props: FieldProps = { ...naming, description: plan.description, plan };
  const config: FormlyFieldConfig = { type: TYPES[plan.kind], props };
  switch (plan.kind) {
    case 'boolean':
      return withOptions(config, [word('yes'), word('no')], ['true', 'false']);
    case 'choice':
    case 'choices':
      return withOptions(config, labels(plan.options));
    case 'group':
      return { ...config, fieldGroup: memberFields(plan, word) };
    case 'list':
      props.blank = () => startModel(plan.item);
      return {
        ...config,
        fieldArray: field(plan.item, { label: plan.item.title ?? naming.label, required: false }, word),
      };
    case 'variant':
      return { ...config, fieldGroup: variantFields(plan, props, word) };
    default:
      return config;
  }
}

function variantFields(plan: VariantPlan, props: FieldProps, word: (key: string) => string): FormlyFieldConfig[] {
  const chooser = withOptions({ key: 'chosen', type: 'gh-choice', props: { ...props } }, labels(plan.variants));
  const shapes = plan.variants.map((variant, index) => ({
    ...field(variant.plan, { label: variant.title, required: true }, word),
    key: index,
    expressions: { hide: (shape: FormlyFieldConfig) => asChosen(shape.parent?.parent?.model) !== String(index) },
  }));
  return [chooser, { key: 'shapes', fieldGroup: shapes }];
}

const asChosen = (model: unknown): string => (model as { chosen?: string } | undefined)?.chosen ?? '';

const labels = (options: readonly ({ label: string } | { title: string })[]): string[] =>
  options.map((option) => ('label' in option ? option.label : option.title));

function withOptions(
  config: FormlyFieldConfig,
  words: string[],
  values = words.map((_, index) => String(index)),
): FormlyFieldConfig {
  const options = words.map((label, index) => ({ label, value: values[index] ?? '' }));
  return { ...config, props: { ...config.props, options } };
}

/** Our view of a field's `props`, which the library leaves untyped. */
export const propsOf = (config: FormlyFieldConfig): FieldProps => config.props as unknown as FieldProps;

/** The JSON pointer of the value that a field asks for. */
export function pointerOf(config: FormlyFieldConfig): string {
  const { parent } = config;
  if (!parent) return '';
  const isRow = parent.fieldArray !== undefined;
  const step = isRow ? `/${String(config.key)}` : config.props ? (propsOf(config).pointerStep ?? '') : '';
  return `${pointerOf(parent)}${step}`;
}
