import fc from 'fast-check';
import { KnownTexts, SHORTEST } from './known-texts.js';

const finderOf = (texts: readonly string[]): KnownTexts => {
  const known = new KnownTexts();
  for (const text of texts) known.add(text);
  return known;
};

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a regular expression of all of them does. */
const byPattern = (texts: readonly string[], text: string): string => {
  const longestFirst = texts.toSorted((a, b) => b.length - a.length);
  return text.replace(new RegExp(longestFirst.map(literal).join('|'), 'g'), '#');
};

describe('known texts', () => {
  it('leave a text as it is while there are none', () =>
    expect(finderOf([]).replaceAll('abcdefghi', '#')).toBe('abcdefghi'));

  it.each([
    ['at the beginning', 'password tail', '# tail'],
    ['at the end', 'head password', 'head #'],
    ['alone', 'password', '#'],
    ['one after the other', 'passwordpassword', '##'],
    ['after what looks like one', 'passwpassword', 'passw#'],
    ['in the middle of a word', 'apasswordb', 'a#b'],
    ['not where only a part is', 'passwor assword', 'passwor assword'],
  ])('are found %s', (_, text, found) => expect(finderOf(['password']).replaceAll(text, '#')).toBe(found));

  it('do not overlap: what begins within one that was found is none', () =>
    expect(finderOf(['abcdefgh', 'efghijkl']).replaceAll('abcdefghijkl', '#')).toBe('#ijkl'));

  it('are found as by a regular expression of all of them', () => {
    // Few letters, so that they begin alike, overlap and repeat.
    const letters = fc.constantFrom('a', 'b', 'ab', '密', '\u{1f511}');
    const written = (minLength: number, maxLength: number) => fc.string({ unit: letters, minLength, maxLength });
    const known = fc.array(written(SHORTEST, 12), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(known, written(0, 80), (texts, where) => {
        const text = where + texts.join('').slice(3) + where;
        expect(finderOf(texts).replaceAll(text, '#')).toBe(byPattern(texts, text));
      }),
      { numRuns: 500 },
    );
  });
});
