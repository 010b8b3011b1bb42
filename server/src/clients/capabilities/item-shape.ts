import { withoutHidden } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { LIMITS } from '../limits.js';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

export const isObject = (value: unknown): value is ForeignObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isSize: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isAudience: Check = (value) =>
  Array.isArray(value) && value.every((each: unknown) => each === 'user' || each === 'assistant');
const isTextList: Check = (value) => Array.isArray(value) && value.every(isText);
const isTheme: Check = (value) => value === 'light' || value === 'dark';

/** Keys that the revisions know, and what a client that checks lists wants of them: it refuses a whole list for one. */
const ITEM: Shape = {
  title: isText,
  description: isText,
  mimeType: isText,
  size: isSize,
  icons: Array.isArray,
  arguments: Array.isArray,
  annotations: isObject,
  execution: isObject,
  outputSchema: isObject,
  _meta: isObject,
};
const ANNOTATIONS: Shape = {
  title: isText,
  readOnlyHint: isFlag,
  destructiveHint: isFlag,
  idempotentHint: isFlag,
  openWorldHint: isFlag,
  audience: isAudience,
  priority: isShare,
  lastModified: isText,
};
const ARGUMENT: Shape = { name: isText, title: isText, description: isText, required: isFlag };
const ICON: Shape = { src: isText, mimeType: isText, sizes: isTextList, theme: isTheme };

/** Keys that are judged by rules of their own. */
const ESSENTIAL: readonly string[] = ['name', 'uri', 'uriTemplate', 'inputSchema', 'outputSchema', 'arguments'];

/** An item of a list as it can be kept, and the keys that it lost. */
export interface TidyItem {
  readonly item: ForeignObject;
  readonly lost: readonly string[];
}

/**
 * An item without what breaks the type of its key, and within bounds: a description that is too long is cut, anything else
 * that is too large left out, rather than costing the item. What no revision knows is kept. Pure.
 */
export function tidied(raw: ForeignObject): TidyItem {
  const typed = inShape(raw, ITEM);
  const { description, annotations, icons, arguments: args } = typed;
  const item = {
    ...typed,
    ...(isText(description) && { description: cut(description as string) }),
    ...(isObject(annotations) && { annotations: inShape(annotations, ANNOTATIONS) }),
    ...(Array.isArray(icons) && { icons: allInShape(icons, ICON, 'src') }),
    ...(Array.isArray(args) && { arguments: allInShape(args, ARGUMENT, 'name') }),
  };
  const small = Object.entries(item).filter(
    ([key, value]) => ESSENTIAL.includes(key) || sizeOf(value) <= LIMITS.extraBytes,
  );
  const kept = Object.fromEntries(small);
  // Nobody misses what is null.
  return { item: kept, lost: Object.keys(raw).filter((key) => raw[key] !== null && !Object.hasOwn(kept, key)) };
}

const inShape = (value: ForeignObject, shape: Shape): ForeignObject =>
  Object.fromEntries(Object.entries(value).filter(([key, each]) => !Object.hasOwn(shape, key) || shape[key]?.(each)));

const allInShape = (values: readonly unknown[], shape: Shape, required: string): readonly ForeignObject[] =>
  values
    .filter(isObject)
    .map((value) => inShape(value, shape))
    .filter((value) => Object.hasOwn(value, required));

/** The cut may go through a character that is two; its half is not left. */
export const cut = (text: string): string =>
  text.length > LIMITS.descriptionBytes ? `${withoutHidden(text.slice(0, LIMITS.descriptionBytes)).text}…` : text;

/** Of its JSON, bytes. */
export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');
