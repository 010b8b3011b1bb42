/**
 * A form from a tool's JSON Schema, as data: which fields there are, and from what was typed the arguments to send.
 *
 * What the form cannot express exactly becomes a JSON field: a wrong type is never sent. Judging the arguments fully is
 * the server's part; here only what a person can be told while typing is checked.
 */
export interface Field {
  readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'choice' | 'fixed' | 'list' | 'group' | 'json';
  readonly name: string;
  /** Names from the root, joined by `/`; '' for the whole form. Also the key of the field's draft. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly isMultiline: boolean;
  /** For `choice`; for `fixed` the only one. */
  readonly options: readonly unknown[];
  readonly optionTitles: readonly string[];
  /** For `group`. */
  readonly fields: readonly Field[];
  /** For `list`: what one line holds. */
  readonly itemKind: ScalarKind | undefined;
  readonly schema: Schema;
  readonly initial: unknown;
}

export type Schema = Readonly<Record<string, unknown>>;
type ScalarKind = 'string' | 'number' | 'integer';

/** What was typed, by path: text for all kinds but groups; a choice is the index of its option, a list one item per line. */
export type Draft = Readonly<Record<string, string>>;

/** Why a field cannot be sent; the dictionary has a sentence for each. */
export type Problem = 'required' | 'not-a-number' | 'not-an-integer' | 'out-of-range' | 'wrong-length' | 'not-json';

export type Collected = { value: unknown; problems: Readonly<Record<string, Problem>> };

const MAX_DEPTH = 4;
const COMBINERS = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'dependentSchemas',
  'dependentRequired',
  'patternProperties',
  '$dynamicRef',
];

/** The form of a tool. A root that no group of fields can express is one JSON field. */
export function describeForm(inputSchema: unknown): Field {
  const root = isSchema(inputSchema) ? inputSchema : {};
  return describe(root, { root, path: '', name: '', isRequired: true, depth: 0 });
}

interface Place {
  root: Schema;
  path: string;
  name: string;
  isRequired: boolean;
  depth: number;
}

function describe(written: Schema, place: Place): Field {
  const schema = withoutNull(resolve(written, place.root), place.root);
  const options = optionsOf(schema, place.root);
  const shape = shapeOf(schema, options, place);
  return {
    kind: shape.kind,
    name: place.name,
    path: place.path,
    title: text(written['title']) || text(schema['title']) || place.name,
    description: text(written['description']) || text(schema['description']),
    isRequired: place.isRequired,
    isMultiline: shape.kind === 'string' && isLong(schema),
    options: options?.map((option) => option.value) ?? [],
    optionTitles: options?.map((option) => option.title) ?? [],
    fields: shape.fields ?? [],
    itemKind: shape.itemKind,
    schema,
    initial: written['default'] ?? schema['default'],
  };
}

interface Shape {
  kind: Field['kind'];
  fields?: Field[];
  itemKind?: ScalarKind;
}

function shapeOf(schema: Schema, options: Option[] | undefined, place: Place): Shape {
  if (options) return { kind: options.length === 1 && 'const' in schema ? 'fixed' : 'choice' };
  if (COMBINERS.some((word) => word in schema)) return { kind: 'json' };
  switch (schema['type']) {
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return { kind: schema['type'] };
    case 'array':
      return listShape(schema, place);
    case 'object':
    case undefined:
      return groupShape(schema, place);
    default:
      return { kind: 'json' };
  }
}

function listShape(schema: Schema, place: Place): Shape {
  const items = isSchema(schema['items']) ? resolve(schema['items'], place.root) : {};
  const type = items['type'];
  const isPlain =
    !('prefixItems' in schema) && !COMBINERS.some((word) => word in items) && !('enum' in items || 'const' in items);
  return isPlain && (type === 'string' || type === 'number' || type === 'integer')
    ? { kind: 'list', itemKind: type }
    : { kind: 'json' };
}

function groupShape(schema: Schema, place: Place): Shape {
  const properties = isSchema(schema['properties']) ? schema['properties'] : undefined;
  const isEmptyRoot = place.depth === 0 && !isOpen(schema);
  if (isOpen(schema) || (!properties && !isEmptyRoot) || place.depth > MAX_DEPTH) return { kind: 'json' };
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const fields = Object.entries(properties ?? {}).map(([name, property]) =>
    describe(isSchema(property) ? property : {}, {
      root: place.root,
      name,
      path: place.path ? `${place.path}/${name}` : name,
      isRequired: required.includes(name),
      depth: place.depth + 1,
    }),
  );
  return { kind: 'group', fields };
}

/** Whether names that no field stands for are asked for. */
const isOpen = (schema: Schema): boolean =>
  isSchema(schema['additionalProperties']) && Object.keys(schema['additionalProperties']).length > 0;

/** Follows local references; one that leads nowhere or in a circle is an empty schema, hence a JSON field. */
function resolve(schema: Schema, root: Schema): Schema {
  let current: unknown = schema;
  for (let hops = 0; isSchema(current) && typeof current['$ref'] === 'string'; hops++) {
    if (hops > 8 || !current['$ref'].startsWith('#/')) return UNKNOWN;
    current = current['$ref'].slice(2).split('/').reduce<unknown>(step, root);
  }
  return isSchema(current) ? current : UNKNOWN;
}

/** A schema of which no field can be made. */
const UNKNOWN: Schema = { type: 'unknown' };

const step = (node: unknown, name: string): unknown =>
  isSchema(node) && Object.hasOwn(node, name) ? node[name] : undefined;

/** `X | null` in its two spellings is an optional X: leaving it empty says the same. */
function withoutNull(schema: Schema, root: Schema): Schema {
  const { type, anyOf, oneOf } = schema;
  if (Array.isArray(type)) {
    const types = type.filter((name) => name !== 'null');
    return { ...schema, type: types.length === 1 ? types[0] : 'unknown' };
  }
  const branches = anyOf ?? oneOf;
  if (!Array.isArray(branches) || (anyOf && oneOf)) return schema;
  const others = branches.filter((branch) => !(isSchema(branch) && branch['type'] === 'null'));
  if (others.length !== 1 || others.length === branches.length || !isSchema(others[0])) return schema;
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  return { ...rest, ...resolve(others[0], root) };
}

interface Option {
  value: unknown;
  title: string;
}

/** The closed set of values, from `const`, `enum`, or alternatives that are all constants. */
function optionsOf(schema: Schema, root: Schema): Option[] | undefined {
  if ('const' in schema) return [{ value: schema['const'], title: label(schema['const']) }];
  if (Array.isArray(schema['enum'])) {
    const names = Array.isArray(schema['enumNames']) ? schema['enumNames'] : [];
    return schema['enum'].map((value: unknown, index) => ({ value, title: text(names[index]) || label(value) }));
  }
  const branches = schema['oneOf'] ?? schema['anyOf'];
  if (!Array.isArray(branches) || branches.length === 0) return undefined;
  const constants = branches.map((branch) => (isSchema(branch) ? resolve(branch, root) : UNKNOWN));
  if (!constants.every((branch) => 'const' in branch)) return undefined;
  return constants.map((branch) => ({
    value: branch['const'],
    title: text(branch['title']) || label(branch['const']),
  }));
}

const label = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Text that deserves more than one line. */
const isLong = (schema: Schema): boolean =>
  (typeof schema['maxLength'] === 'number' && schema['maxLength'] > 200) ||
  /^(text|body|content|message|markdown|code|sql|prompt|thought)$/i.test(text(schema['title']));

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The draft that shows `value`, or the schema's defaults where it has nothing to say. */
export function draftOf(field: Field, value: unknown): Draft {
  if (field.kind === 'group') {
    const values = isSchema(value) ? value : {};
    return Object.fromEntries(field.fields.flatMap((part) => Object.entries(draftOf(part, values[part.name]))));
  }
  const shown = value === undefined ? field.initial : value;
  return shown === undefined || shown === null ? {} : { [field.path]: typed(field, shown) };
}

function typed(field: Field, value: unknown): string {
  if (field.kind === 'choice') {
    const index = field.options.findIndex((option) => JSON.stringify(option) === JSON.stringify(value));
    return index < 0 ? '' : String(index);
  }
  if (field.kind === 'list' && Array.isArray(value)) return value.map(label).join('\n');
  return field.kind === 'json' ? JSON.stringify(value, null, 2) : label(value);
}

/** The arguments that the draft stands for, or by path what is wrong with it. */
export function collect(field: Field, draft: Draft): Collected {
  const problems: Record<string, Problem> = {};
  const value = read(field, draft, problems);
  return { value, problems };
}

function read(field: Field, draft: Draft, problems: Record<string, Problem>): unknown {
  if (field.kind === 'group') return readGroup(field, draft, problems);
  if (field.kind === 'fixed') return field.options[0];
  const typedText = draft[field.path] ?? '';
  if (typedText === '' || (field.kind !== 'string' && typedText.trim() === '')) {
    if (field.kind === 'json' && field.path === '') return {};
    if (field.isRequired) problems[field.path] = 'required';
    return undefined;
  }
  const result = readTyped(field, typedText);
  if (typeof result === 'string') problems[field.path] = result;
  return typeof result === 'string' ? undefined : result.value;
}

function readGroup(field: Field, draft: Draft, problems: Record<string, Problem>): unknown {
  const isWanted = field.isRequired || field.fields.some((part) => isTouched(part, draft));
  if (!isWanted) return undefined;
  const entries = field.fields.map((part) => [part.name, read(part, draft, problems)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const isTouched = (field: Field, draft: Draft): boolean =>
  field.kind === 'group' ? field.fields.some((part) => isTouched(part, draft)) : Boolean(draft[field.path]);

/** The value, or the problem with the text. */
function readTyped(field: Field, typedText: string): { value: unknown } | Problem {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return readNumber(field.kind, field.schema, typedText);
    case 'boolean':
      return { value: typedText === 'true' };
    case 'choice':
      return { value: field.options[Number(typedText)] };
    case 'list':
      return readList(field, typedText);
    case 'json':
      return readJson(typedText);
    default:
      return readString(field.schema, typedText);
  }
}

function readNumber(kind: 'number' | 'integer', schema: Schema, typedText: string): { value: number } | Problem {
  const value = Number(typedText.trim());
  if (!Number.isFinite(value)) return 'not-a-number';
  if (kind === 'integer' && !Number.isInteger(value)) return 'not-an-integer';
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const isBelow =
    (typeof minimum === 'number' && value < minimum) ||
    (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum);
  const isAbove =
    (typeof maximum === 'number' && value > maximum) ||
    (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum);
  return isBelow || isAbove ? 'out-of-range' : { value };
}

function readString({ minLength, maxLength }: Schema, value: string): { value: string } | Problem {
  // JSON Schema counts characters, not UTF-16 units.
  const length = [...value].length;
  const isWrong =
    (typeof minLength === 'number' && length < minLength) || (typeof maxLength === 'number' && length > maxLength);
  return isWrong ? 'wrong-length' : { value };
}

function readList(field: Field, typedText: string): { value: unknown[] } | Problem {
  const lines = typedText.split('\n').filter((line) => line.trim() !== '');
  if (field.itemKind === 'string' || !field.itemKind) return { value: lines };
  const values: number[] = [];
  for (const line of lines) {
    const result = readNumber(field.itemKind, {}, line);
    if (typeof result === 'string') return result;
    values.push(result.value);
  }
  return { value: values };
}

function readJson(typedText: string): { value: unknown } | Problem {
  try {
    return { value: JSON.parse(typedText) as unknown };
  } catch {
    return 'not-json';
  }
}

/** The form's path for a path in a server's error, which may be a JSON pointer or dotted, below `arguments` or not. */
export const fieldPath = (path: string): string =>
  path
    .replace(/^[/.]?(arguments[/.])?/, '')
    .replace(/\[(\d+)\]/g, '/$1')
    .replaceAll('.', '/');
