/** Ends of sentences in Latin and Chinese script; a full stop inside `3.14` or `a.b` is none. */
const SENTENCE_END = /[。！？\n]|[.!?](?=\s)/g;

/**
 * What a screen reader should say next: the whole sentences of `text` after `from`, without Markdown's signs.
 *
 * @returns the text to say ('' when no sentence is complete) and where to go on the next time.
 */
export function nextSentences(text: string, from: number, isComplete: boolean): { say: string; next: number } {
  const lastEnd = [...text.slice(from).matchAll(SENTENCE_END)].at(-1)?.index;
  const next = isComplete ? text.length : from + (lastEnd === undefined ? 0 : lastEnd + 1);
  return { say: spoken(text.slice(from, next)), next };
}

const spoken = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`#>|~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
