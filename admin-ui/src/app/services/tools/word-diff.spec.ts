import { diffWords, type Piece } from './word-diff';

const said = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, kind }) => ({ same: text, removed: `[-${text}-]`, added: `[+${text}+]` })[kind]).join('');

const textOf = (pieces: readonly Piece[], ...kinds: Piece['kind'][]): string =>
  pieces
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('');

describe('the difference of two texts', () => {
  it.each([
    ['Reads a file.', 'Reads a text file.', 'Reads a [+text +]file.'],
    ['Reads a file.', 'Reads a file', 'Reads a file[-.-]'],
    ['Reads one file', 'Reads two files', 'Reads [-one file-][+two files+]'],
    ['返回十个结果', '返回二十个结果', '返回[+二+]十个结果'],
    ['', 'New', '[+New+]'],
    ['Old', '', '[-Old-]'],
    ['The same', 'The same', 'The same'],
  ])('of %j and %j is shown by words', (before, after, difference) => {
    expect(said(diffWords(before, after))).toBe(difference);
  });

  it('holds both texts whole, and no two neighbours of the same kind', () => {
    const parts = ['a', 'b', ' ', '\n\n', '中'];
    const pairs = parts.flatMap((one) => parts.map((other) => one + other));
    const texts = ['', ...parts, ...pairs, ...pairs.flatMap((pair) => parts.map((part) => pair + part))];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = diffWords(before, after);
        expect([textOf(pieces, 'same', 'removed'), textOf(pieces, 'same', 'added')]).toEqual([before, after]);
        expect(pieces.some(({ kind }, index) => kind === pieces[index - 1]?.kind)).toBe(false);
      }
    }
  });

  it('shows what would take long to compare as replaced, between what is the same', () => {
    const words = (word: string): string => Array.from({ length: 800 }, (_, index) => `${word}${index}`).join(' ');
    const many = (word: string): string => `${words(word)} kept ${words(word)}`;
    const pieces = diffWords(`Begin ${many('x')} end`, `Begin ${many('y')} end`);
    expect(pieces.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
    expect(textOf(pieces, 'same')).toBe('Begin  end');
  });
});
