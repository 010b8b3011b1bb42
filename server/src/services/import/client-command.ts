import { parseTree } from 'jsonc-parser';
import { settingOf, unwrapped } from './command-words.js';
import { readEntry } from './json-entry.js';
import { programOf } from './names.js';
import { problem } from './problems.js';
import { movedTo, type Located, type LocatedSetting, type Sighting } from './sighting.js';

/** Clients that add a service by `<client> mcp add …`. */
const CLIENTS = new Set(['claude', 'codex', 'gemini', 'qwen', 'droid']);

/**
 * Reads `claude mcp add …` and its kin, `claude mcp add-json <name> <json>` and `code --add-mcp <json>`.
 *
 * @returns undefined when the line is none of them
 */
export function clientEntry(words: readonly Located[], base: Sighting): Sighting | undefined {
  const [program, area, verb, ...rest] = words;
  if (!program) return undefined;
  const name = programOf(program.value);
  if (name.startsWith('code') && area?.value === '--add-mcp') return jsonEntry(undefined, verb, base);
  if (!CLIENTS.has(name) || area?.value !== 'mcp') return undefined;
  if (verb?.value === 'add') return added(rest, base);
  if (verb?.value === 'add-json') return jsonEntry(rest[0], rest[1], base);
  return undefined;
}

interface Options {
  readonly words: Located[];
  readonly env: LocatedSetting[];
  readonly headers: LocatedSetting[];
  type?: Located;
  url?: Located;
}

/** Options whose value says nothing about the service. */
const SKIPPED_WITH_VALUE = new Set([
  '-s',
  '--scope',
  '--client-id',
  '--callback-port',
  '--timeout',
  '--bearer-token-env-var',
]);

/** `[options] <name> [options] <url | [--] command [args…]>` */
function added(words: readonly Located[], base: Sighting): Sighting {
  const options: Options = { words: [], env: [], headers: [] };
  let at = 0;
  while (options.words.length < 2) {
    const word = words[at];
    if (!word || word.value === '--') break;
    at += word.value.startsWith('-') ? readOption(word, words[at + 1], options) : keep(word, options);
  }
  const [name, ...before] = options.words;
  const target = [...before, ...words.slice(words[at]?.value === '--' ? at + 1 : at)];
  const entry: Sighting = {
    ...base,
    ...(name && { name: name.value }),
    ...(options.type && { type: options.type }),
    env: options.env,
    headers: options.headers,
  };
  if (!name) return { ...entry, problems: [...base.problems, problem('name_missing', base.end)] };
  return withTarget(entry, target, options);
}

/** Variables and headers may also stand behind a URL; behind a command everything belongs to the command. */
function withTarget(entry: Sighting, target: readonly Located[], options: Options): Sighting {
  const [first, ...rest] = target;
  if (first && /^[a-z]+:\/\//i.test(first.value)) {
    let at = 0;
    for (let word = rest[at]; word; word = rest[at]) at += readOption(word, rest[at + 1], options);
    return { ...entry, url: first };
  }
  if (options.url) return { ...entry, url: options.url };
  const { command, args, problems } = unwrapped(target);
  if (!command) return { ...entry, problems: [...entry.problems, problem('command_missing', entry.end)] };
  return { ...entry, command, args, problems: [...entry.problems, ...problems] };
}

function keep(word: Located, options: Options): number {
  options.words.push(word);
  return 1;
}

/** @returns how many words the option takes */
function readOption(option: Located, next: Located | undefined, options: Options): number {
  const equals = option.value.indexOf('=');
  const name = equals < 0 ? option.value : option.value.slice(0, equals);
  const value = equals < 0 ? next : { value: option.value.slice(equals + 1), offset: option.offset };
  const taken = equals < 0 && value ? 2 : 1;
  if (!value) return 1;
  if (name === '-e' || name === '--env') options.env.push(settingOf(value));
  else if (name === '-H' || name === '--header') options.headers.push(headerOf(value));
  else if (name === '-t' || name === '--transport') options.type = value;
  else if (name === '--url') options.url = value;
  else if (!SKIPPED_WITH_VALUE.has(name)) return 1;
  return taken;
}

/** `Name: value` as a setting. */
function headerOf({ value, offset }: Located): LocatedSetting {
  const colon = value.indexOf(':');
  return { name: value.slice(0, Math.max(colon, 0)).trim(), value: value.slice(colon + 1).trim(), offset };
}

function jsonEntry(name: Located | undefined, json: Located | undefined, base: Sighting): Sighting {
  const root = json && parseTree(json.value, [], { allowTrailingComma: true });
  if (!json || root?.type !== 'object') {
    return { ...base, problems: [...base.problems, problem('not_an_object', json?.offset ?? base.end)] };
  }
  // Quotes and escapes of the command line lie between; the beginning of the JSON is the honest place.
  const entry = movedTo(json.offset, readEntry(root, name?.value));
  return { ...entry, offset: base.offset, end: base.end, problems: [...base.problems, ...entry.problems] };
}
