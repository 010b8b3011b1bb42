import type { ChoiceOption, FieldPlan, GroupPlan, ListPlan, VariantPlan } from './field-plan';
import { isRecord, sameJson } from './json-schema';

/**
 * What the controls of a form hold: texts as typed, option numbers, lists and groups of those.
 *
 * It is never sent. `readModel` makes the value from it, so that no control can leak a wrong type into a call.
 */
export type FormModel = unknown;

/** What `variant` fields hold. */
export interface VariantModel {
  /** Number of the chosen shape, '' for none. */
  chosen: string;
  /** One model per shape, so that changing one's mind loses nothing. */
  shapes: FormModel[];
}

export type ReadProblemCode = 'not-a-number' | 'not-an-integer' | 'number-too-large' | 'not-json';

export interface ReadProblem {
  /** JSON pointer into the arguments. */
  path: string;
  code: ReadProblemCode;
}

export interface ReadResult {
  /** undefined: nothing was entered. */
  value: unknown;
  problems: ReadProblem[];
}

/** RFC 8259 §6; anything else that JavaScript takes for a number (hex, blanks, Infinity) is refused. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Reads the value that a person entered; empty optional fields are left out, empty required ones too, so that the checker names them. */
export function readModel(plan: FieldPlan, model: FormModel): ReadResult {
  const problems: ReadProblem[] = [];
  return { value: read(plan, model, true, '', problems), problems };
}

function read(plan: FieldPlan, model: FormModel, required: boolean, path: string, problems: ReadProblem[]): unknown {
  const value = readSolid(plan, model, required, path, problems);
  return value === undefined && plan.nullable && required ? null : value;
}

function readSolid(plan: FieldPlan, model: FormModel, required: boolean, path: string, problems: ReadProblem[]) {
  switch (plan.kind) {
    case 'constant':
      return required ? plan.value : undefined;
    case 'text':
      return typeof model === 'string' && model !== '' ? model : undefined;
    case 'number':
      return readNumber(model, plan.integer, path, problems);
    case 'boolean':
      return model === 'true' ? true : model === 'false' ? false : undefined;
    case 'choice':
      return optionOf(plan.options, model)?.value;
    case 'choices':
      return readChoices(plan.options, model, required);
    case 'list':
      return readList(plan, model, required, path, problems);
    case 'group':
      return readGroup(plan, model, required, path, problems);
    case 'variant':
      return readVariant(plan, model, path, problems);
    case 'json':
      return readJson(model, path, problems);
  }
}

function readNumber(model: FormModel, integer: boolean, path: string, problems: ReadProblem[]): number | undefined {
  const text = typeof model === 'string' ? model.trim() : '';
  if (text === '') return undefined;
  const value = JSON_NUMBER.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) problems.push({ path, code: 'not-a-number' });
  else if (integer && !Number.isInteger(value)) problems.push({ path, code: 'not-an-integer' });
  else if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    problems.push({ path, code: 'number-too-large' });
  else return value;
  return undefined;
}

const optionOf = (options: ChoiceOption[], model: FormModel): ChoiceOption | undefined =>
  typeof model === 'string' && model !== '' ? options[Number(model)] : undefined;

function readChoices(options: ChoiceOption[], model: FormModel, required: boolean): unknown {
  const ticked = isRecord(model) ? model : {};
  const values = options.filter((_, index) => ticked[index] === true).map((option) => option.value);
  return values.length > 0 || required ? values : undefined;
}

function readList(plan: ListPlan, model: FormModel, required: boolean, path: string, problems: ReadProblem[]): unknown {
  const items = Array.isArray(model) ? (model as FormModel[]) : [];
  if (items.length === 0 && !required) return undefined;
  return items.map((item, index) => read(plan.item, item, true, `${path}/${index}`, problems) ?? blank(plan.item));
}

/** What a row that was added and left empty means; a hole in a list would be sent as null. */
const blank = (item: FieldPlan): unknown => (item.kind === 'text' ? '' : null);

function readGroup(plan: GroupPlan, model: FormModel, required: boolean, path: string, problems: ReadProblem[]) {
  const entered = isRecord(model) ? model : {};
  const filled = required || plan.members.some(({ name, plan: member }) => isFilled(member, entered[name]));
  if (!filled) return undefined;
  const members = plan.members.map(({ name, required: needed, plan: member }) => {
    return [name, read(member, entered[name], needed, `${path}/${escapePointer(name)}`, problems)] as const;
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Whether a person entered anything, right or wrong. */
function isFilled(plan: FieldPlan, model: FormModel): boolean {
  if (plan.kind === 'constant') return false;
  if (typeof model === 'string') return model.trim() !== '';
  if (Array.isArray(model)) return model.length > 0;
  if (!isRecord(model)) return false;
  if (plan.kind === 'variant') return model['chosen'] !== undefined && model['chosen'] !== '';
  if (plan.kind === 'choices') return Object.values(model).includes(true);
  return plan.kind === 'group' && plan.members.some(({ name, plan: member }) => isFilled(member, model[name]));
}

function readVariant(plan: VariantPlan, model: FormModel, path: string, problems: ReadProblem[]): unknown {
  const { chosen, shapes } = asVariant(model);
  const shape = chosen === '' ? undefined : plan.variants[Number(chosen)];
  return shape && read(shape.plan, shapes[Number(chosen)], true, path, problems);
}

export const asVariant = (model: FormModel): VariantModel => ({
  chosen: isRecord(model) && typeof model['chosen'] === 'string' ? model['chosen'] : '',
  shapes: isRecord(model) && Array.isArray(model['shapes']) ? (model['shapes'] as FormModel[]) : [],
});

function readJson(model: FormModel, path: string, problems: ReadProblem[]): unknown {
  const text = typeof model === 'string' ? model.trim() : '';
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    problems.push({ path, code: 'not-json' });
    return undefined;
  }
}

export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The model that shows `value`; undefined when the form cannot show it without losing something.
 *
 * Judged by reading it back, so a kind of field that is added later is covered as well.
 */
export function showValue(plan: FieldPlan, value: unknown): FormModel {
  const model = show(plan, value);
  const { value: back, problems } = readModel(plan, model);
  return problems.length === 0 && sameJson(back ?? null, value ?? null) ? model : undefined;
}

/** The model that a fresh form starts with: defaults and examples of the schema, the rows that a list must have. */
export function startModel(plan: FieldPlan, required = true): FormModel {
  if (plan.start !== undefined && showValue(plan, plan.start) !== undefined) return show(plan, plan.start);
  switch (plan.kind) {
    case 'group':
      return Object.fromEntries(plan.members.map((one) => [one.name, startModel(one.plan, required && one.required)]));
    case 'list':
      return Array.from({ length: required ? Math.min(plan.minItems, 10) : 0 }, () => startModel(plan.item));
    case 'variant':
      return { chosen: '', shapes: plan.variants.map((variant) => startModel(variant.plan)) } satisfies VariantModel;
    case 'choices':
      return {};
    default:
      return '';
  }
}

function show(plan: FieldPlan, value: unknown): FormModel {
  if (plan.kind === 'group') return showGroup(plan, value);
  if (plan.kind === 'variant') return showVariant(plan, value);
  if (plan.kind === 'list') return Array.isArray(value) ? value.map((item) => show(plan.item, item)) : [];
  if (plan.kind === 'choices') return showChoices(plan.options, value);
  if (value === undefined || (value === null && plan.nullable)) return '';
  switch (plan.kind) {
    case 'json':
      return JSON.stringify(value, null, 2);
    case 'choice':
      return String(plan.options.findIndex((option) => sameJson(option.value, value))).replace('-1', '');
    case 'constant':
      return '';
    case 'text':
      return typeof value === 'string' ? value : '';
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  }
}

function showGroup(plan: GroupPlan, value: unknown): FormModel {
  const members = isRecord(value) ? value : {};
  return Object.fromEntries(plan.members.map(({ name, plan: member }) => [name, show(member, members[name])]));
}

function showChoices(options: ChoiceOption[], value: unknown): FormModel {
  const values = Array.isArray(value) ? (value as unknown[]) : [];
  const ticked = options.map((option, index) => [index, values.some((one) => sameJson(one, option.value))]);
  return Object.fromEntries(ticked) as Record<string, boolean>;
}

/** The first shape that can show the value is the one that was meant. */
function showVariant(plan: VariantPlan, value: unknown): VariantModel {
  const chosen = value === undefined ? -1 : plan.variants.findIndex((one) => showValue(one.plan, value) !== undefined);
  const shapes = plan.variants.map((one, index) => (index === chosen ? show(one.plan, value) : startModel(one.plan)));
  return { chosen: chosen < 0 ? '' : String(chosen), shapes };
}
