/**
 * Streamed Markdown cut into blocks that will not change any more and the tail that still may.
 *
 * Rendering the whole answer at every token is quadratic; with this split a sealed block is rendered once and only the
 * tail is rendered again. Invariant: `sealed.join('') + tail` is the text received so far, whatever the chunk sizes.
 */
export interface MarkdownBlocks {
  readonly sealed: readonly string[];
  readonly tail: string;
}

export const NO_BLOCKS: MarkdownBlocks = { sealed: [], tail: '' };

export const blocksText = (blocks: MarkdownBlocks): string => blocks.sealed.join('') + blocks.tail;

interface Scan {
  /** The characters that would close the code fence we are in. */
  fence: string | undefined;
  inList: boolean;
  afterBlank: boolean;
}

const FENCE = /^\s*(`{3,}|~{3,})/;
const LIST_ITEM = /^([-*+]|\d{1,9}[.)])(\s|$)/;
/** An unfinished line such as `1` may still become a list item. */
const MAYBE_LIST_ITEM = /^([-*+]|\d{1,9}[.)]?)$/;

/** The blocks after `delta` has arrived. */
export function appendMarkdown(blocks: MarkdownBlocks, delta: string): MarkdownBlocks {
  const text = blocks.tail + delta;
  const cuts = findCuts(text);
  if (cuts.length === 0) return { sealed: blocks.sealed, tail: text };
  const pieces = cuts.map((cut, index) => text.slice(cuts[index - 1] ?? 0, cut));
  return { sealed: [...blocks.sealed, ...pieces], tail: text.slice(cuts.at(-1)) };
}

/** Offsets at which a new top-level block certainly begins. */
function findCuts(text: string): number[] {
  const cuts: number[] = [];
  const scan: Scan = { fence: undefined, inList: false, afterBlank: false };
  for (let start = 0, end: number; start < text.length; start = end) {
    const newline = text.indexOf('\n', start);
    end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, end);
    if (scan.fence) closeFence(scan, line);
    else if (line.trim() === '') scan.afterBlank = line.endsWith('\n') || scan.afterBlank;
    else if (openBlock(scan, line) && start > 0) cuts.push(start);
  }
  return cuts;
}

function closeFence(scan: Scan, line: string): void {
  const fence = FENCE.exec(line)?.[1];
  if (!line.endsWith('\n') || !fence?.startsWith(scan.fence ?? '') || line.trim() !== fence) return;
  scan.fence = undefined;
  // Nothing continues a fence that closes at the margin, so the next line begins a block even without a blank line.
  if (!/^\s/.test(line)) scan.afterBlank = true;
}

/** Reads a line outside fences; true when it begins a block of its own. */
function openBlock(scan: Scan, line: string): boolean {
  const atMargin = !/^\s/.test(line);
  const fence = FENCE.exec(line)?.[1];
  const item = LIST_ITEM.test(line) || (!line.endsWith('\n') && MAYBE_LIST_ITEM.test(line));
  const begins = atMargin && (fence !== undefined || (scan.afterBlank && !(scan.inList && item)));
  if (fence) scan.fence = fence;
  if (begins) scan.inList = false;
  if (atMargin && item) scan.inList = true;
  scan.afterBlank = false;
  return begins;
}

/** The language and body of a tail that is one code fence still open, which needs no Markdown parser at all. */
export function openFence(tail: string): { language: string; code: string } | undefined {
  const match = /^(`{3,}|~{3,})([^\n`]*)\n/.exec(tail);
  if (!match) return undefined;
  const code = tail.slice(match[0].length);
  const closed = code.split('\n').some((line) => line.startsWith(match[1] ?? '```'));
  return closed ? undefined : { language: (match[2] ?? '').trim(), code };
}
