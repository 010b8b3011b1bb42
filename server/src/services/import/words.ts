import { problem, type Problem } from './problems.js';
import type { Located } from './sighting.js';

export interface CommandWords {
  readonly words: readonly Located[];
  readonly problems: readonly Problem[];
}

/** Only outside of quotes, and only where a shell would have done something with it. */
const SHELL_SIGNS = /^(\|\|?|&&?|;|>>?|<<?|`|\$\()/;

/**
 * Takes a command line apart as a POSIX shell would, as far as quotes and backslashes go. There is no shell here: what
 * would need one (pipes, redirections, substitution) is a problem, not executed.
 *
 * @param start where `line` begins in the whole text
 */
export function wordsOf(line: string, start: number): CommandWords {
  const words: Located[] = [];
  const problems: Problem[] = [];
  let at = 0;
  while (at < line.length) {
    const sign = SHELL_SIGNS.exec(line.slice(at))?.[0];
    if (/\s/.test(line[at] ?? '')) {
      at += 1;
    } else if (isLineEnd(line, at)) {
      at += 1;
    } else if (sign !== undefined) {
      problems.push(problem('shell_syntax', start + at, { sign }));
      at += sign.length;
    } else {
      const word = wordAt(line, at);
      words.push({ value: word.value, offset: start + at });
      if (word.openQuote !== undefined) problems.push(problem('quote_unfinished', start + word.openQuote));
      at = word.end;
    }
  }
  return { words, problems };
}

/** A backslash that continues the command on the next line. */
const isLineEnd = (line: string, at: number): boolean => /^[\\^]\r?\n/.test(line.slice(at, at + 3));

interface Word {
  readonly value: string;
  readonly end: number;
  /** Where a quote begins that never ends. */
  readonly openQuote?: number;
}

function wordAt(line: string, start: number): Word {
  let value = '';
  let at = start;
  while (at < line.length) {
    const sign = line[at] ?? '';
    if (/\s/.test(sign) || isLineEnd(line, at) || /[|;<>`]/.test(sign) || line.startsWith('&&', at)) break;
    if (sign === '"' || sign === "'") {
      const quoted = quotedAt(line, at);
      value += quoted.value;
      if (quoted.openQuote !== undefined) return { ...quoted, value };
      at = quoted.end;
    } else if (sign === '\\' && isEscape(line[at + 1], ESCAPED)) {
      value += line[at + 1];
      at += 2;
    } else {
      value += sign;
      at += 1;
    }
  }
  return { value, end: at };
}

/** What a backslash protects outside of quotes; before a letter it stays, because Windows paths are full of them. */
const ESCAPED = /[\s\\"'$`|&;<>()]/;
const ESCAPED_IN_QUOTES = /["\\$`]/;

const isEscape = (next: string | undefined, escaped: RegExp): boolean => next !== undefined && escaped.test(next);

function quotedAt(line: string, start: number): Word {
  const quote = line[start] ?? '';
  let value = '';
  let at = start + 1;
  while (at < line.length && line[at] !== quote) {
    const escaped = quote === '"' && line[at] === '\\' && isEscape(line[at + 1], ESCAPED_IN_QUOTES);
    value += line[escaped ? at + 1 : at];
    at += escaped ? 2 : 1;
  }
  return at < line.length ? { value, end: at + 1 } : { value, end: at, openQuote: start };
}
