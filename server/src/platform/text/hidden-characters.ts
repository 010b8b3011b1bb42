/**
 * Finds characters that no reader sees and every model reads: zero widths, tags, marks that turn text around, control
 * characters, halves of surrogate pairs. Writing needs some of them: emoji and several scripts are joined by them. Those stay
 * where they do their work, one at a time, and are hidden anywhere else.
 *
 * Source: Unicode 17, DerivedCoreProperties (Default_Ignorable_Code_Point); UTS #51 (emoji sequences); UTR #36, UTS #39.
 */

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const INVISIBLE_RUN = /(?:(?![\t\n\r])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb])+/gu;

const PICTURE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
/** Scripts whose letters change, or stay apart, by a joiner between them. */
const JOINED =
  /^(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]$/u;
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;
/** Scripts that put no space between words. */
const UNSPACED = /^(?=[\p{L}\p{M}])[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]$/u;
const LETTER = /^\p{L}$/u;

const JOINER = /^[\u200c\u200d]$/;
const ZERO_WIDTH_JOINER = '\u200d';
const DIRECTION_MARK = /^[\u200e\u200f\u061c]$/;
const ZERO_WIDTH_SPACE = '\u200b';
/** What chooses between forms of the character before it, and which characters have such forms. */
const VARIANTS: readonly (readonly [selector: RegExp, base: RegExp])[] = [
  [/^[\ufe0e\ufe0f]$/, /^\p{Emoji}$/u],
  [/^[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]$/u, /^\p{Unified_Ideograph}$/u],
  [/^\ufe00$/, /^\p{Sm}$/u],
  [/^[\u180b-\u180f]$/, /^\p{sc=Mong}$/u],
];
/** The flags of England, Scotland and Wales are a black flag and a name in tags. */
const BLACK_FLAG = '\u{1f3f4}';
const FLAG_NAMES = ['gbeng', 'gbsct', 'gbwls'].map(
  (name) => `${[...name].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{e007f}`,
);

/** The text without hidden characters, and how many code points that was. Pure. */
export function withoutHidden(text: string): { text: string; hidden: number } {
  if (PLAIN.test(text)) return { text, hidden: 0 };
  let hidden = 0;
  const shown = text.replace(INVISIBLE_RUN, (run: string, at: number) => {
    const before = lastOf(text.slice(Math.max(0, at - 2), at));
    const kept = needed(run, before, text, at + run.length);
    hidden += [...run].length - [...kept].length;
    return kept;
  });
  return { text: shown, hidden };
}

export const hidesCharacters = (text: string): boolean => withoutHidden(text).hidden > 0;

/** What writing needs of a run of invisible characters: a form of the one before, a joiner, or a single mark. */
function needed(run: string, before: string, text: string, end: number): string {
  if (before === BLACK_FLAG && FLAG_NAMES.includes(run)) return run;
  const [first = '', ...rest] = run;
  const variant = VARIANTS.some(([selector, base]) => selector.test(first) && base.test(before)) ? first : '';
  const [next = '', ...others] = variant ? rest : [first, ...rest];
  return others.length === 0 && isNeeded(next, before, text, end) ? variant + next : variant;
}

function isNeeded(mark: string, before: string, text: string, end: number): boolean {
  const after = firstOf(text.slice(end, end + 2));
  if (mark === ZERO_WIDTH_JOINER && PICTURE.test(before)) return PICTURE.test(after);
  if (JOINER.test(mark)) return JOINED.test(before);
  // It decides to which side spaces and signs belong; a word has no use for it.
  if (DIRECTION_MARK.test(mark)) return RIGHT_TO_LEFT.test(text) && !(LETTER.test(before) && LETTER.test(after));
  return mark === ZERO_WIDTH_SPACE && UNSPACED.test(before);
}

const firstOf = (text: string): string => [...text][0] ?? '';
const lastOf = (text: string): string => [...text].at(-1) ?? '';
