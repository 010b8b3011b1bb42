export interface Prepared {
  /** The text as JSON, when it is meant to be; undefined when it is to be read line by line. */
  readonly json: string | undefined;
  /** How far places in `json` lie behind those in the text. */
  readonly shift: number;
  readonly plain: string;
}

const TRIVIA = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/**
 * Decides how a text is to be read. What is put out of sight becomes blanks, so that every place stays where it was.
 */
export function prepare(text: string): Prepared {
  const plain = withoutProse(text.replace(/^\ufeff/, ' '));
  const start = TRIVIA.exec(plain)?.[0].length ?? 0;
  const body = plain.slice(start);
  if (/^[{[｛［]/.test(body)) return { json: plain, shift: 0, plain };
  // A piece out of the middle of a file: `"name": {…}`, perhaps with a comma behind it.
  if (/^["“][^"“”\n]*["”]\s*[:：]/.test(body)) return { json: `{${plain.replace(/,?\s*$/, '')}}`, shift: 1, plain };
  if (/^"[^"\n]*"\s*$/.test(body)) return { json: plain, shift: 0, plain };
  return { json: undefined, shift: 0, plain };
}

/** Of a Markdown text, only what stands between fences. */
function withoutProse(text: string): string {
  if (!/^[ \t]*```/m.test(text)) return text;
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      const isFence = /^\s*```/.test(line);
      if (isFence) inside = !inside;
      return inside && !isFence ? line : line.replace(/[^\r]/g, ' ');
    })
    .join('\n');
}
