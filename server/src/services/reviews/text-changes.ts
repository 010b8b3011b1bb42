import { wordsOf, type ReviewedTool } from './reviewed-words.js';
import type { Suspicion } from './suspicions.js';

/** One text of a tool that is not as it was, or holds something that somebody should look at. */
export interface TextChange {
  readonly path: string;
  /** Null: there was none, or it is not known. */
  readonly before: string | null;
  /** Null: there is none any more. */
  readonly after: string | null;
  /** In `after`. */
  readonly marks: readonly Omit<Suspicion, 'path'>[];
}

/**
 * What a person has to look at in a tool, text by text. Pure.
 *
 * @param before undefined: nothing was accepted before, or it is not known any more; then only marked texts are shown
 */
export function textChanges(
  before: ReviewedTool | undefined,
  after: ReviewedTool,
  suspicions: readonly Suspicion[],
): TextChange[] {
  const old = before && textsOf(before);
  const now = textsOf(after);
  const paths = new Set([...now.keys(), ...(old?.keys() ?? [])]);
  return [...paths]
    .map((path) => ({
      path,
      before: old?.get(path) ?? null,
      after: now.get(path) ?? null,
      marks: suspicions.filter((each) => each.path === path).map(({ kind, start, end }) => ({ kind, start, end })),
    }))
    .filter((change) => change.marks.length > 0 || (old && change.before !== change.after));
}

const textsOf = (tool: ReviewedTool): Map<string, string> =>
  new Map(wordsOf(tool).map(({ path, text }) => [path, text]));
