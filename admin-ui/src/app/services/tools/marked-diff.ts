import type { TextChange, TextMark } from '@gatehouse/api-client';
import { diffWords, type Piece } from './word-diff';

export type MarkKind = TextMark['kind'];

/** A part of a changed text, all of it marked alike. */
export interface Segment extends Piece {
  readonly mark?: MarkKind;
}

/** The gravest first. */
const KINDS: readonly MarkKind[] = ['order', 'other-tool', 'markup', 'padding'];

/** The kinds of marks in a change, each once, the gravest first. Pure. */
export const kindsIn = ({ marks }: Pick<TextChange, 'marks'>): MarkKind[] =>
  KINDS.filter((kind) => marks.some((mark) => mark.kind === kind));

/**
 * How a text changed, cut where marks begin and end; where several overlap, the gravest counts. Pure.
 *
 * Same and added segments are the text as it is now, same and removed ones as it was.
 */
export function segmentsOf({ before, after, marks }: Omit<TextChange, 'path'>): Segment[] {
  const segments: Segment[] = [];
  let position = 0;
  for (const piece of diffWords(before ?? '', after ?? '')) {
    if (piece.kind === 'removed') {
      segments.push(piece);
      continue;
    }
    segments.push(...cut(piece, position, marks));
    position += piece.text.length;
  }
  return segments;
}

/** @param from where the piece begins in the text that the marks are of */
function cut({ text, kind }: Piece, from: number, marks: readonly TextMark[]): Segment[] {
  const until = from + text.length;
  const edges = marks.flatMap(({ start, end }) => [start, end]).filter((edge) => edge > from && edge < until);
  const starts = [...new Set([from, ...edges])].sort((a, b) => a - b);
  const markAt = (at: number) => kindsIn({ marks: marks.filter(({ start, end }) => start <= at && at < end) })[0];
  const places = starts
    .map((start) => ({ start, mark: markAt(start) }))
    .filter(({ mark }, index, all) => index === 0 || mark !== all[index - 1]?.mark);
  return places.map(({ start, mark }, index) => {
    const end = places[index + 1]?.start ?? until;
    return { text: text.slice(start - from, end - from), kind, ...(mark && { mark }) };
  });
}
