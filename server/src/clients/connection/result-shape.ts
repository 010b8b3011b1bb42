import type { RawResult } from './raw-result.js';

/** The answer lacks what every reader of it relies on. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

type Json = Record<string, unknown>;
type Check = (item: unknown) => boolean;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isResource: Check = (value) => isObject(value) && isText(value.uri) && (isText(value.text) || isText(value.blob));

/** What a block of content must have, by its type. Others would be refused by every client that we answer. */
const BLOCKS: Readonly<Record<string, (block: Json) => boolean>> = {
  text: ({ text }) => isText(text),
  image: ({ data, mimeType }) => isText(data) && isText(mimeType),
  audio: ({ data, mimeType }) => isText(data) && isText(mimeType),
  resource_link: ({ uri, name }) => isText(uri) && isText(name),
  resource: ({ resource }) => isResource(resource),
};

const isBlock: Check = (value) =>
  isObject(value) &&
  typeof value.type === 'string' &&
  Object.hasOwn(BLOCKS, value.type) &&
  BLOCKS[value.type]?.(value) === true;

/** The one key of each result that is always there and always a list, and what is in the list. */
const LIST_OF: Readonly<Record<string, { key: string; isItem: Check }>> = {
  'tools/call': { key: 'content', isItem: isBlock },
  'resources/read': { key: 'contents', isItem: isResource },
  'prompts/get': {
    key: 'messages',
    isItem: (message) => isObject(message) && isText(message.role) && isBlock(message.content),
  },
};

/**
 * The least that a result must be, in place of the SDK's full validation, which legacy answers do not pass through. A tool's
 * answer without `content` counts as an empty one, as it always has in the SDKs.
 *
 * @throws {MalformedResult}
 */
export function checkShape(method: string, result: RawResult): RawResult {
  const list = LIST_OF[method];
  if (!list) return result;
  const items = result[list.key];
  if (method === 'tools/call' && items === undefined) return { ...result, content: [] };
  if (!Array.isArray(items)) throw new MalformedResult(`${method}: "${list.key}" is not a list`);
  const at = items.findIndex((item) => !list.isItem(item));
  if (at >= 0) throw new MalformedResult(`${method}: item ${at + 1} of "${list.key}" is not what it must be`);
  return result;
}
