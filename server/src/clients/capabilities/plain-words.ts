import { hidesCharacters, withoutHidden } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { isObject } from './item-shape.js';

/** Keywords of JSON Schema under which every key is a name, and every value a schema. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);
/** Keywords whose values mean exactly what they say. */
const EXACT: ReadonlySet<string> = new Set(['default', 'const', 'enum', 'examples', 'pattern', 'required']);
const ARGUMENT_WORDS: readonly string[] = ['title', 'description'];
const SCHEMA_WORDS: readonly string[] = ['title', 'description', '$comment'];

/** An item of a list as it may be shown to people and models, and how many hidden characters that cost its words. */
export interface PlainItem {
  readonly item: ForeignObject;
  readonly hidden: number;
}

/**
 * An item without hidden characters in the words that describe it: its own, those of its arguments, and those in its schemas.
 * Names and values stay as they are, because they mean something else without them. Pure.
 *
 * @param words keys of the item that are words rather than names
 */
export function withPlainWords(raw: ForeignObject, words: readonly string[]): PlainItem {
  const cleaner = new Cleaner();
  const item = Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      if (key === 'inputSchema' || key === 'outputSchema') return [key, cleaner.schema(value)];
      if (key === 'annotations') return [key, cleaner.words(value, ['title'])];
      if (key === 'arguments' && Array.isArray(value))
        return [key, value.map((each) => cleaner.words(each, ARGUMENT_WORDS))];
      return [key, words.includes(key) ? cleaner.text(value) : value];
    }),
  );
  return cleaner.hidden > 0 ? { item, hidden: cleaner.hidden } : { item: raw, hidden: 0 };
}

/** Whether a value that may not be changed hides something at any depth, in a key or a text. Control characters do not hide. */
export function hidesSomething(value: unknown): boolean {
  if (typeof value === 'string') return hidesCharacters(value.replace(/\p{Cc}/gu, ''));
  if (Array.isArray(value)) return value.some(hidesSomething);
  return isObject(value) && Object.entries(value).some((entry) => entry.some(hidesSomething));
}

class Cleaner {
  hidden = 0;

  text(value: unknown): unknown {
    if (typeof value !== 'string') return value;
    const { text, hidden } = withoutHidden(value);
    this.hidden += hidden;
    return text;
  }

  words(value: unknown, keys: readonly string[]): unknown {
    return isObject(value) ? mapped(value, (key, each) => (keys.includes(key) ? this.text(each) : each)) : value;
  }

  schema(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.schema(each));
    if (!isObject(value)) return value;
    return mapped(value, (key, each) => {
      if (SCHEMA_WORDS.includes(key)) return this.text(each);
      if (EXACT.has(key)) return each;
      return NAMED_SCHEMAS.has(key) && isObject(each)
        ? mapped(each, (_, schema) => this.schema(schema))
        : this.schema(each);
    });
  }
}

const mapped = (value: ForeignObject, change: (key: string, value: unknown) => unknown): ForeignObject =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(key, each)]));
