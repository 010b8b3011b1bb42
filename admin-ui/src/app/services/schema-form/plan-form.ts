import type { ChoiceOption, FieldPlan, GroupPlan, JsonPlan, JsonReason, MemberPlan } from './field-plan';
import { asNumber, asSchemas, asText, isRecord, resolveReference, type JsonSchema } from './json-schema';

/** Deeper values are asked for as JSON: a form of that depth helps nobody, and recursive schemas have no end. */
const MAX_DEPTH = 5;
/** More shapes than this are no choice for a person. */
const MAX_VARIANTS = 12;
/** Texts that may become longer than this get several lines. */
const LONG_TEXT = 200;

/** Keywords whose rules a form cannot show without getting them wrong. */
const CONDITIONAL = ['if', 'not', 'dependentSchemas', 'dependentRequired', 'dependencies', 'unevaluatedProperties'];

/** Keywords that give an object its members. */
const SHAPING = ['properties', '$ref', 'allOf', 'anyOf', 'oneOf'];

/** Members of these names would land on an object's prototype when a form assigns them. */
const RISKY_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

interface Place {
  root: JsonSchema;
  depth: number;
  /** References being resolved, to stop at those that name only each other. */
  trail: readonly string[];
}

/**
 * Plans the form of a tool's arguments.
 *
 * Whatever a form would lose or could get wrong becomes a JSON field of its own, with the reason; the checker sees the
 * unchanged schema in any case, so a plan can be incomplete but never lets a wrong value pass.
 */
export function planForm(schema: JsonSchema): FieldPlan {
  const place = { root: schema, depth: 0, trail: [] };
  const typed = schema['type'] === undefined && isRecord(schema['properties']) ? { ...schema, type: 'object' } : schema;
  return takesNothing(typed) ? { kind: 'group', members: [] } : plan(typed, place);
}

/** `{"type": "object"}` alone is how most tools say that they take no arguments. */
const takesNothing = (schema: JsonSchema): boolean =>
  schema['type'] === 'object' &&
  !isOpen(schema) &&
  !isConditional(schema) &&
  SHAPING.every((word) => !(word in schema));

function plan(schema: JsonSchema, place: Place): FieldPlan {
  if (place.depth > MAX_DEPTH) return json(schema, 'too-deep');
  if (schema['$ref'] !== undefined) return planReference(schema, place);
  if (isConditional(schema)) return json(schema, 'conditional');
  if (schema['allOf'] !== undefined) return planAll(schema, place);
  const alternatives = asSchemas(schema['oneOf']) ?? asSchemas(schema['anyOf']);
  if (alternatives) return planAlternatives(schema, alternatives, place);
  const fixed = fixedValues(schema);
  if (fixed) return choice(schema, fixed);
  return planType(schema, place);
}

function planReference(schema: JsonSchema, place: Place): FieldPlan {
  const { $ref: reference, ...beside } = schema;
  const target = resolveReference(place.root, reference);
  if (!target || place.trail.includes(String(reference))) return json(schema, 'reference');
  // What stands beside a reference, usually a description, describes this use of it.
  return plan({ ...target, ...beside }, { ...place, trail: [...place.trail, String(reference)] });
}

/** Only parts that say different things can be joined into one form. */
function planAll(schema: JsonSchema, place: Place): FieldPlan {
  const { allOf, ...own } = schema;
  const parts = asSchemas(allOf)?.map((part) =>
    part['$ref'] === undefined ? part : { ...resolveReference(place.root, part['$ref']), ...without(part, '$ref') },
  );
  if (!parts) return json(schema, 'conditional');
  const joined = parts.reduce<JsonSchema | undefined>((all, part) => all && join(all, part), own);
  return joined ? plan(joined, { ...place, depth: place.depth + 1 }) : json(schema, 'conditional');
}

function join(left: JsonSchema, right: JsonSchema): JsonSchema | undefined {
  const joined: JsonSchema = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    const present = left[keyword];
    if (present === undefined || keyword === 'type' || keyword === 'title' || keyword === 'description')
      joined[keyword] = present ?? value;
    else if (keyword === 'required' && Array.isArray(present) && Array.isArray(value))
      joined[keyword] = [...new Set<unknown>([...(present as unknown[]), ...(value as unknown[])])];
    else if (keyword === 'properties' && isRecord(present) && isRecord(value)) {
      if (Object.keys(value).some((name) => name in present)) return undefined;
      joined[keyword] = { ...present, ...value };
    } else return undefined;
  }
  return right['type'] === undefined || left['type'] === undefined || left['type'] === right['type']
    ? joined
    : undefined;
}

function planAlternatives(schema: JsonSchema, alternatives: JsonSchema[], place: Place): FieldPlan {
  // Alternatives that only say what is required change no field; the checker judges them.
  if (alternatives.every((one) => Object.keys(one).every((keyword) => keyword === 'required')))
    return plan(without(schema, 'oneOf', 'anyOf'), place);
  const solid = alternatives.filter((one) => one['type'] !== 'null');
  const nullable = solid.length < alternatives.length;
  const own = without(schema, 'oneOf', 'anyOf');
  if (solid.length === 1) return { ...plan({ ...solid[0], ...own }, place), ...(nullable ? { nullable } : {}) };
  const fixed = solid.map(fixedOption);
  if (fixed.every((option) => option !== undefined)) return choice({ ...own, nullable }, fixed);
  // Members beside the alternatives belong to every shape: only JSON says that without repeating them.
  if (own['properties'] !== undefined || solid.length > MAX_VARIANTS || solid.length === 0)
    return json(schema, 'mixed-types');
  const variants = solid.map((one, index) => ({
    title: variantTitle(one, place, index),
    plan: plan(one, { ...place, depth: place.depth + 1 }),
  }));
  return { kind: 'variant', ...described(schema), ...(nullable ? { nullable } : {}), variants };
}

/** Name of one of several shapes: its title, or the constant that tells it from the others, or its type. */
function variantTitle(schema: JsonSchema, place: Place, index: number): string {
  const target = schema['$ref'] === undefined ? schema : (resolveReference(place.root, schema['$ref']) ?? schema);
  const title = asText(target['title']);
  if (title) return title;
  const members = isRecord(target['properties']) ? Object.values(target['properties']) : [];
  const mark = members.filter(isRecord).map((member) => fixedOption(member)?.label);
  return mark.find(Boolean) ?? asText(target['type']) ?? String(index + 1);
}

function planType(schema: JsonSchema, place: Place): FieldPlan {
  const { type, nullable } = soleType(schema);
  const common = { ...described(schema), ...(nullable ? { nullable } : {}) };
  switch (type) {
    case 'string':
      return { kind: 'text', ...common, ...textShape(schema) };
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        ...common,
        integer: type === 'integer',
        minimum: asNumber(schema['minimum']),
        maximum: asNumber(schema['maximum']),
      };
    case 'boolean':
      return { kind: 'boolean', ...common };
    case 'null':
      return { kind: 'constant', ...common, value: null };
    case 'array':
      return { ...planList(schema, place), ...common };
    case 'object':
      return { ...planObject(schema, place), ...common };
    default:
      return json(schema, type === 'several' ? 'mixed-types' : 'untyped');
  }
}

function soleType(schema: JsonSchema): { type: unknown; nullable: boolean } {
  const types = Array.isArray(schema['type']) ? (schema['type'] as unknown[]) : [schema['type']];
  const solid = types.filter((type) => type !== 'null');
  if (solid.length === 0) return { type: 'null', nullable: false };
  const type = solid.length > 1 ? 'several' : (solid[0] ?? impliedType(schema));
  return { type, nullable: solid.length < types.length || schema['nullable'] === true };
}

/** A schema without a type that still leaves no doubt about it. */
function impliedType(schema: JsonSchema): string | undefined {
  if (isRecord(schema['properties'])) return 'object';
  return isRecord(schema['items']) ? 'array' : undefined;
}

function textShape(schema: JsonSchema) {
  const format = asText(schema['format']);
  const maxLength = asNumber(schema['maxLength']);
  return { long: !format && (maxLength ?? Infinity) > LONG_TEXT, format, maxLength };
}

function planList(schema: JsonSchema, place: Place): FieldPlan {
  const { items } = schema;
  if (schema['prefixItems'] !== undefined || Array.isArray(items)) return json(schema, 'tuple');
  if (!isRecord(items) || Object.keys(items).length === 0) return json(schema, 'untyped');
  if (schema['contains'] !== undefined) return json(schema, 'conditional');
  const item = plan(items, { ...place, depth: place.depth + 1 });
  if (item.kind === 'choice' && schema['uniqueItems'] === true) return { kind: 'choices', options: item.options };
  const minItems = asNumber(schema['minItems']) ?? 0;
  return { kind: 'list', item, minItems, maxItems: asNumber(schema['maxItems']) };
}

function planObject(schema: JsonSchema, place: Place): FieldPlan {
  const { properties, required } = schema;
  if (isOpen(schema) || !isRecord(properties)) return json(schema, 'free-form');
  if (Object.keys(properties).some((name) => RISKY_NAMES.has(name))) return json(schema, 'free-form');
  const needed = new Set(Array.isArray(required) ? (required as unknown[]) : []);
  const members: MemberPlan[] = Object.entries(properties).map(([name, member]) => ({
    name,
    required: needed.has(name),
    plan: isRecord(member) ? plan(member, { ...place, depth: place.depth + 1 }) : json({}, 'untyped'),
  }));
  return { kind: 'group', members } satisfies GroupPlan;
}

/** Whether members that nobody named belong to the value. */
const isOpen = (schema: JsonSchema): boolean =>
  isRecord(schema['additionalProperties']) ||
  isRecord(schema['patternProperties']) ||
  (schema['additionalProperties'] === true && !isRecord(schema['properties']));

const isConditional = (schema: JsonSchema): boolean => CONDITIONAL.some((keyword) => schema[keyword] !== undefined);

function fixedValues(schema: JsonSchema): ChoiceOption[] | undefined {
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) {
    const names = Array.isArray(schema['enumNames']) ? (schema['enumNames'] as unknown[]) : [];
    return schema['enum'].map((value: unknown, index) => ({ label: asText(names[index]) ?? labelOf(value), value }));
  }
  const constant = fixedOption(schema);
  return constant && [constant];
}

const fixedOption = (schema: JsonSchema): ChoiceOption | undefined =>
  Object.hasOwn(schema, 'const')
    ? { label: asText(schema['title']) ?? labelOf(schema['const']), value: schema['const'] }
    : undefined;

const labelOf = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

function choice(schema: JsonSchema, options: ChoiceOption[]): FieldPlan {
  const solid = options.filter((option) => option.value !== null);
  const nullable = schema['nullable'] === true || solid.length < options.length;
  const common = { ...described(schema), ...(nullable ? { nullable } : {}) };
  if (solid.length === 1 && !nullable) return { kind: 'constant', ...common, value: solid[0]?.value };
  return { kind: 'choice', ...common, options: solid };
}

const json = (schema: JsonSchema, reason: JsonReason): JsonPlan => ({ kind: 'json', reason, ...described(schema) });

function described(schema: JsonSchema) {
  const examples = Array.isArray(schema['examples']) ? (schema['examples'] as unknown[]) : [];
  const start = schema['default'] !== undefined ? schema['default'] : examples[0];
  return {
    title: asText(schema['title']),
    description: asText(schema['description']),
    ...(start === undefined ? {} : { start }),
  };
}

function without(schema: JsonSchema, ...keywords: string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}
