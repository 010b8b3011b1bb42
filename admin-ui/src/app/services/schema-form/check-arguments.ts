import { Validator, type OutputUnit, type SchemaDraft } from '@cfworker/json-schema';
import { resolveReference, type JsonSchema } from './json-schema';

/** One reason why arguments do not fit, by the keyword that is broken. */
export interface Misfit {
  /** JSON pointer into the arguments; the missing member itself for `required`. */
  path: string;
  keyword: string;
  /** What the keyword demands, for the sentence. */
  limit?: string;
}

/** Keywords that only say "something below failed"; what failed below is reported itself. */
const WRAPPERS = new Set([
  'properties',
  'items',
  'prefixItems',
  'additionalItems',
  '$ref',
  'allOf',
  'if',
  'patternProperties',
]);
/** More would not be read. */
const MAX_MISFITS = 20;

/**
 * Judges arguments by a tool's schema, by interpreting it: no code is made from a foreign schema.
 *
 * A hostile `pattern` can still take for ever: call it where it can be stopped.
 */
export function checkArguments(schema: JsonSchema, value: unknown): Misfit[] {
  const validator = new Validator(schema, draftOf(schema), false);
  const { valid, errors } = validator.validate(value);
  if (valid) return [];
  const misfits = errors.filter((unit) => !WRAPPERS.has(unit.keyword)).map((unit) => misfitOf(schema, unit));
  const distinct = new Map(misfits.map((one) => [`${one.path} ${one.keyword} ${one.limit ?? ''}`, one]));
  return [...distinct.values()].slice(0, MAX_MISFITS);
}

function draftOf(schema: JsonSchema): SchemaDraft {
  const named = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  if (named.includes('draft-04')) return '4';
  if (named.includes('draft-06') || named.includes('draft-07')) return '7';
  return named.includes('2019-09') ? '2019-09' : '2020-12';
}

function misfitOf(schema: JsonSchema, unit: OutputUnit): Misfit {
  const path = decodeURI(unit.instanceLocation.replace(/^#/, ''));
  if (unit.keyword === 'required') {
    const member = /"([^"]*)"\.?$/.exec(unit.error)?.[1];
    return member === undefined ? { path, keyword: 'required' } : { path: `${path}/${member}`, keyword: 'required' };
  }
  const limit = limitOf(schema, unit);
  return { path, keyword: unit.keyword, ...(limit === undefined ? {} : { limit }) };
}

function limitOf(schema: JsonSchema, unit: OutputUnit): string | undefined {
  const holder = resolveReference(schema, unit.keywordLocation.replace(/\/[^/]*$/, ''));
  const limit = holder?.[unit.keyword];
  if (typeof limit === 'string' || typeof limit === 'number') return String(limit);
  if (Array.isArray(limit)) return limit.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ');
  return unit.keyword === 'const' ? JSON.stringify(limit) : undefined;
}
