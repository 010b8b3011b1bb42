/** A part of a text: as it is, or one sign so often that what stands behind it would not be found. */
export type Run =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'spaces'; readonly count: number }
  | { readonly kind: 'repeated'; readonly sign: string; readonly count: number };

/** More than 40 signs of white space, or of the same sign, in a row. */
const LONG_RUNS = /\s{41,}|(\S)\1{40,}/gu;

/** A text with its long runs counted instead of shown. Pure. */
export function foldRuns(text: string): Run[] {
  const runs: Run[] = [];
  let shown = 0;
  for (const { 0: found, 1: sign, index } of text.matchAll(LONG_RUNS)) {
    if (index > shown) runs.push({ kind: 'text', text: text.slice(shown, index) });
    runs.push(
      sign === undefined
        ? { kind: 'spaces', count: found.length }
        : { kind: 'repeated', sign, count: found.length / sign.length },
    );
    shown = index + found.length;
  }
  if (shown < text.length) runs.push({ kind: 'text', text: text.slice(shown) });
  return runs;
}
