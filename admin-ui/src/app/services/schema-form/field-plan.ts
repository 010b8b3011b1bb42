/** How one value of a tool's arguments is asked for; made from its JSON Schema by `planForm`. */
export type FieldPlan =
  | TextPlan
  | NumberPlan
  | BooleanPlan
  | ChoicePlan
  | ChoicesPlan
  | ConstantPlan
  | ListPlan
  | GroupPlan
  | VariantPlan
  | JsonPlan;

export type FieldKind = FieldPlan['kind'];

interface PlanBase {
  /** The schema's title; the form falls back to the member's name. Foreign text. */
  title?: string;
  /** Foreign text. */
  description?: string;
  /** Whether an empty field means null. */
  nullable?: boolean;
  /** What the field starts with: default, constant or first example of the schema. */
  start?: unknown;
}

export interface TextPlan extends PlanBase {
  kind: 'text';
  /** Whether the text may need several lines. */
  long: boolean;
  format?: string;
  maxLength?: number;
}

export interface NumberPlan extends PlanBase {
  kind: 'number';
  integer: boolean;
  minimum?: number;
  maximum?: number;
}

export interface BooleanPlan extends PlanBase {
  kind: 'boolean';
}

/** One of several fixed values; they may be of any JSON type. */
export interface ChoicePlan extends PlanBase {
  kind: 'choice';
  options: ChoiceOption[];
}

/** Any number of several fixed values. */
export interface ChoicesPlan extends PlanBase {
  kind: 'choices';
  options: ChoiceOption[];
}

export interface ChoiceOption {
  label: string;
  value: unknown;
}

/** A value the schema leaves no choice about; it is sent without being asked for. */
export interface ConstantPlan extends PlanBase {
  kind: 'constant';
  value: unknown;
}

export interface ListPlan extends PlanBase {
  kind: 'list';
  item: FieldPlan;
  minItems: number;
  maxItems?: number;
}

export interface GroupPlan extends PlanBase {
  kind: 'group';
  members: MemberPlan[];
}

export interface MemberPlan {
  name: string;
  required: boolean;
  plan: FieldPlan;
}

/** One of several shapes, for example of `oneOf`. */
export interface VariantPlan extends PlanBase {
  kind: 'variant';
  variants: { title: string; plan: FieldPlan }[];
}

/** A value that only JSON can express faithfully. */
export interface JsonPlan extends PlanBase {
  kind: 'json';
  reason: JsonReason;
}

/** Why a field is asked for as JSON. */
export type JsonReason = 'free-form' | 'untyped' | 'conditional' | 'tuple' | 'mixed-types' | 'reference' | 'too-deep';
