import { clientEntry } from './client-command.js';
import { settingOf, unwrapped } from './command-words.js';
import { isLauncher } from './names.js';
import { problem } from './problems.js';
import type { Located, LocatedSetting, Sighting } from './sighting.js';
import { wordsOf } from './words.js';

const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;
const PATH_START = /^(\/|\.{1,2}[\\/]|~\/|[A-Za-z]:[\\/])/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** What people copy along from a terminal. */
const PROMPT = /^\s*(?:\$|>|%|PS [^>]*>)\s+/;

/**
 * Reads one line: a URL, a command with variables before it, or the command by which another client adds a service.
 *
 * @param start where `line` begins in the whole text
 */
export function parseCommandLine(line: string, start: number): Sighting {
  const prompt = PROMPT.exec(line)?.[0].length ?? 0;
  const offset = start + prompt;
  const { words, problems } = wordsOf(line.slice(prompt), offset);
  const base: Sighting = { name: '', offset, end: start + line.length, args: [], env: [], headers: [], problems };
  const [first] = words;
  if (!first) return { ...base, problems: [...problems, problem('command_missing', offset)] };
  if (URL_START.test(first.value) && words.length === 1) return { ...base, url: first };
  return clientEntry(words, base) ?? commandEntry(words, base);
}

/** Words of a command: variables, the program and its arguments. */
function commandEntry(words: readonly Located[], base: Sighting): Sighting {
  const { env, rest } = variablesOf(words);
  const { command, args, problems } = unwrapped(rest);
  const all = [...base.problems, ...problems];
  const entry: Sighting = { ...base, env: [...base.env, ...env], args };
  if (!command) return { ...entry, problems: [...all, problem('command_missing', base.end)] };
  if (isLauncher(command.value) || PATH_START.test(command.value)) return { ...entry, command, problems: all };
  return { ...entry, problems: [...all, problem('not_recognised', command.offset, { word: command.value })] };
}

/** `NAME=value` in front of a command, also behind `env`. */
function variablesOf(words: readonly Located[]): { env: LocatedSetting[]; rest: readonly Located[] } {
  const from = words[0]?.value === 'env' ? 1 : 0;
  const end = words.findIndex((word, index) => index >= from && !ASSIGNMENT.test(word.value));
  const count = end < 0 ? words.length : end;
  return { env: words.slice(from, count).map(settingOf), rest: words.slice(count) };
}
