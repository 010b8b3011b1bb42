/** A part of two texts put together: in both, only in the older, or only in the newer. */
export interface Piece {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** Words, white space, each Chinese character, and each other sign by itself: together they are the whole text. */
const TOKENS = /\s+|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}_])+|./gsu;
/** On either side, without what both begin and end with; longer ones are shown as replaced, because comparing them takes long. */
const MOST_TOKENS = 2000;

/** How `before` became `after`, word by word. Pure. */
export function diffWords(before: string, after: string): Piece[] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const start = lengthOfSame(old, now);
  const end = lengthOfSame(old.slice(start).reverse(), now.slice(start).reverse());
  const middle = compare(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return joined([...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)]);
}

const tokensOf = (text: string): string[] => text.match(TOKENS) ?? [];
const same = (text: string): Piece => ({ text, kind: 'same' });
const removed = (text: string): Piece => ({ text, kind: 'removed' });
const added = (text: string): Piece => ({ text, kind: 'added' });

function lengthOfSame(old: readonly string[], now: readonly string[]): number {
  let length = 0;
  while (length < Math.min(old.length, now.length) && old[length] === now[length]) length += 1;
  return length;
}

/** By the longest common subsequence of the tokens. */
function compare(old: readonly string[], now: readonly string[]): Piece[] {
  if (Math.max(old.length, now.length) > MOST_TOKENS) return [...old.map(removed), ...now.map(added)];
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) {
      pieces.push(same(was));
      [i, j] = [i + 1, j + 1];
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push(removed(was));
      i += 1;
    } else if (is !== undefined) {
      pieces.push(added(is));
      j += 1;
    }
  }
  return pieces;
}

/** Neighbours as one; a space between changed words counts as changed, so that phrases and not single words alternate. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  const changed = { removed: '', added: '' };
  let unchanged = '';
  const close = (): void => {
    if (changed.removed) result.push(removed(changed.removed));
    if (changed.added) result.push(added(changed.added));
    [changed.removed, changed.added] = ['', ''];
  };
  pieces.forEach(({ text, kind }, index) => {
    const next = pieces[index + 1];
    const isBetween = (changed.removed || changed.added) && next && next.kind !== 'same' && !text.trim();
    if (kind !== 'same') {
      if (unchanged) result.push(same(unchanged));
      unchanged = '';
      changed[kind] += text;
    } else if (isBetween) {
      changed.removed += text;
      changed.added += text;
    } else {
      close();
      unchanged += text;
    }
  });
  close();
  return unchanged ? [...result, same(unchanged)] : result;
}
