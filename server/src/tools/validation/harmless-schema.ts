import type { Schema } from './schema-limits.js';

/**
 * Keywords whose cost is bounded by the size of the schema times the size of the value: no reference (they multiply), no
 * pattern or format (regular expressions), no uniqueItems (compares all with all).
 */
const PLAIN: ReadonlySet<string> = new Set([
  '$schema',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'type',
  'required',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

const WITH_ONE_SCHEMA: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'propertyNames']);
const WITH_SCHEMAS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);

const MAX_BRANCHES = 16;
const MAX_DEPTH = 8;
const MAX_CHARACTERS = 16 * 1024;

/** Whether checking a value against this schema is cheap whatever the value: such a schema needs no worker. Pure. */
export const isHarmless = (schema: Schema): boolean =>
  JSON.stringify(schema).length <= MAX_CHARACTERS && isPlain(schema, 0);

function isPlain(schema: unknown, depth: number): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isObject(schema) || depth > MAX_DEPTH) return false;
  return Object.entries(schema).every(([keyword, value]) => isPlainKeyword(keyword, value, depth));
}

function isPlainKeyword(keyword: string, value: unknown, depth: number): boolean {
  if (PLAIN.has(keyword)) return true;
  if (WITH_ONE_SCHEMA.has(keyword)) return isPlain(value, depth + 1);
  if (WITH_SCHEMAS.has(keyword)) {
    return Array.isArray(value) && value.length <= MAX_BRANCHES && value.every((branch) => isPlain(branch, depth + 1));
  }
  switch (keyword) {
    case 'properties':
      return isObject(value) && Object.values(value).every((child) => isPlain(child, depth + 1));
    case 'enum':
      return Array.isArray(value) && value.every(isScalar);
    case 'const':
      return isScalar(value);
    default:
      return false;
  }
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);
