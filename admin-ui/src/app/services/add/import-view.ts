import type { ImportEntry, ImportPreview, ImportProblem } from '@gatehouse/api-client';

/** One entry of the preview as the list shows it. */
export interface EntryView {
  key: string;
  name: string;
  /** Whether it can be added. */
  usable: boolean;
  /** Its address, or its command line. Foreign text. */
  target: string;
  secrets: { target: 'header' | 'env' | 'tls'; name: string }[];
  problems: ImportProblem[];
}

/** What a preview means for the person who pasted the text. */
export interface ImportView {
  entries: EntryView[];
  /** What is wrong with the text as a whole. */
  problems: ImportProblem[];
  usable: number;
}

export function importView(preview: ImportPreview): ImportView {
  const entries = preview.entries.map(entryView);
  return { entries, problems: preview.problems, usable: entries.filter((entry) => entry.usable).length };
}

function entryView(entry: ImportEntry): EntryView {
  return {
    key: entry.key,
    name: entry.name,
    usable: entry.draft !== null && entry.problems.every((problem) => problem.severity !== 'error'),
    target: targetOf(entry),
    secrets: entry.secrets,
    problems: entry.problems,
  };
}

/** Its address, or its command line. Foreign text. */
export function targetOf({ draft }: Pick<ImportEntry, 'draft'>): string {
  if (!draft) return '';
  if (draft.type !== 'stdio') return draft.url ?? '';
  return [draft.config?.command ?? '', ...(draft.config?.args ?? [])].join(' ');
}

/** Where a problem stands in the text, as the offset a caret is set to. Lines and columns count from 1; both are clamped. */
export function caretOffset(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const row = Math.min(Math.max(line, 1), lines.length);
  const before = lines.slice(0, row - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + Math.min(Math.max(column, 1) - 1, lines[row - 1]?.length ?? 0);
}
