import type { Schema } from '../support/api-document.js';

/** JSON texts, because `__proto__`, 10^400 and −0 do not survive being built as values. */
const BY_KIND = {
  text: ['"text"', '""', '"NaN"', '"1"', '"true"', '"null"'],
  number: ['0', '-0', '1', '0.5', '1e400', '-1e400', '9007199254740993'],
  boolean: ['true', 'false'],
  list: ['[]', '["text"]', '[1]', '[[[[]]]]'],
  object: [
    '{}',
    '{"$ne":1}',
    '{"$gt":""}',
    '{"password":0}',
    '{"_type":"not","_value":1}',
    '{"length":1}',
    '{"then":1}',
  ],
  null: ['null'],
} as const;

type Kind = keyof typeof BY_KIND;

const KIND_OF_TYPE: Record<string, Kind> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
};

/** Values of every kind but the field's own, which it therefore must refuse; none for a field that takes anything. */
export function wrongValues(schema: Schema): string[] {
  const own = KIND_OF_TYPE[schema.type ?? ''];
  if (!own || schema.oneOf || schema.anyOf) return [];
  const taken = new Set<Kind>([own, ...(schema.nullable ? (['null'] as const) : [])]);
  const others = (Object.keys(BY_KIND) as Kind[]).filter((kind) => !taken.has(kind)).flatMap((kind) => BY_KIND[kind]);
  return [...others, ...almostRight(schema)];
}

/** Of the right kind, and wrong all the same. */
function almostRight(schema: Schema): string[] {
  if (schema.enum) {
    const [one] = schema.enum.filter((each) => typeof each === 'string');
    const spellings = one === undefined ? [] : [one.toUpperCase(), `${one} `, ` ${one}`, `${one}\u0000`, `${one};--`];
    return [...spellings, 'toString', '__proto__'].map((each) => JSON.stringify(each));
  }
  if (schema.type === 'number' || schema.type === 'integer') return ['1e400', '-1e400'];
  return [];
}

/** Fields that a row has and that nobody may set. */
export const UNKNOWN_FIELDS = [
  'isAdmin',
  'ownerId',
  'createdAt',
  'updatedAt',
  'createdBy',
  'passwordHash',
  'role',
  'roles',
  'permissions',
  'id',
  'userId',
  'epoch',
] as const;

/** Names that every object inherits. */
export const INHERITED_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
] as const;

/** What follows a name in a query, to make more of it than a text. */
export const QUERY_TRICKS = [
  (name: string) => `${name}[$ne]=1`,
  (name: string) => `${name}[]=1&${name}[]=2`,
  (name: string) => `${name}=a&${name}=b`,
  (name: string) => `${name}[__proto__][isAdmin]=1`,
  (name: string) => `${name}.constructor=1`,
] as const;

/** Parameters that nobody offers. */
export const UNKNOWN_QUERIES = [
  'sort=id;drop%20table%20users',
  'order=password',
  'where=1%3D1',
  'fields=passwordHash',
  '__proto__[isAdmin]=1',
  'constructor[prototype][isAdmin]=1',
  'include=secrets',
] as const;

/** Texts that some layer takes for more than text. */
export const TRICKY_TEXTS: Record<string, string> = {
  'a quote': "Robert'); DROP TABLE users;--",
  'a double quote': '" OR ""="',
  'a backslash at the end': 'name\\',
  'a comment': 'admin/*',
  wildcards: '%_%',
  'a template': '{{7*7}}${7*7}<%= 7 %>',
  markup: '<img src=x onerror=alert(1)>',
  'an emoji of four bytes': '\u{1f4a9}\u{1f468}‍\u{1f469}‍\u{1f467}',
  'a combining bomb': `a${'\u0301'.repeat(60)}`,
  'right to left': '\u202egnp.exe',
  'zero width': 'ad\u200bmin',
  'look-alikes': '\u0430dmin',
  'half a surrogate pair': 'x\ud800y',
  'the other half': '\udc00',
  NUL: 'a\u0000b',
  'a line break and a colour': 'one\r\ntwo\u001b[31m',
  'a formula': '=cmd|"/c calc"!A1',
  'sixty-four thousand letters': 'x'.repeat(65_536),
  'non-characters': '\ufffe\uffff',
  'spaces around': '  both ends  ',
};
