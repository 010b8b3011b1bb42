import type { RawResult } from './passthrough.js';

/** The answer lacks what every reader of it relies on. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

/** The one key of each result that is always there and always a list. */
const LIST_OF: Readonly<Record<string, string>> = {
  'tools/call': 'content',
  'resources/read': 'contents',
  'prompts/get': 'messages',
};

/**
 * The least that a result must be, in place of the SDK's full validation. A tool's answer without `content` counts as an
 * empty one, as it always has in the SDKs.
 *
 * @throws {MalformedResult}
 */
export function checkShape(method: string, result: RawResult): RawResult {
  const key = LIST_OF[method];
  if (key === undefined || Array.isArray(result[key])) return result;
  if (method === 'tools/call' && result[key] === undefined) return { ...result, content: [] };
  throw new MalformedResult(`${method}: "${key}" is not a list`);
}
