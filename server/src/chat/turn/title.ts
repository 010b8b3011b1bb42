const LONGEST = 60;

/** A conversation's title, made of what was said first; whole characters only. */
export function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  if (characters.length <= LONGEST) return line.slice(0, 200);
  const start = characters.slice(0, LONGEST).join('');
  const wordEnd = start.lastIndexOf(' ');
  return `${(wordEnd > LONGEST / 2 ? start.slice(0, wordEnd) : start).slice(0, 199)}…`;
}
