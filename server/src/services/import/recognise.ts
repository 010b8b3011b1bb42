import { parseCommandLine } from './command-line.js';
import { conclude, type Conclusion } from './conclude.js';
import { readJson, type Sightings } from './json-shapes.js';
import { prepare } from './prepare.js';
import { problem, type Problem } from './problems.js';
import type { Sighting } from './sighting.js';

/** One service, named so that it can be chosen for import. */
export interface RecognisedEntry extends Conclusion {
  /** The same text gives the same keys. */
  readonly key: string;
  /** Where the entry begins. */
  readonly offset: number;
}

export interface Recognition {
  readonly entries: readonly RecognisedEntry[];
  /** Of the text as a whole; those of an entry are with it. */
  readonly problems: readonly Problem[];
}

const MOST_ENTRIES = 200;
const MOST_PROBLEMS = 20;

/**
 * Finds the MCP services in whatever somebody pasted: settings of any client as JSON, URLs, command lines, several at
 * once. Contacts nothing and starts nothing. Whatever the text, it answers; what it did not understand becomes a
 * problem with its place.
 */
export function recognise(text: string): Recognition {
  const { json, shift, plain } = prepare(text);
  const { found, problems } = json === undefined ? readLines(plain) : readJson(json);
  const cut = found[MOST_ENTRIES];
  const all = cut ? [problem('too_many', cut.offset, { limit: String(MOST_ENTRIES) }), ...problems] : problems;
  const back = <T extends { readonly offset: number }>(each: T): T => ({
    ...each,
    offset: Math.min(Math.max(each.offset - shift, 0), text.length),
  });
  const entries = named(found.slice(0, MOST_ENTRIES).map((entry) => ({ offset: entry.offset, ...conclude(entry) })));
  return {
    entries: entries.map((entry) => ({
      ...back(entry),
      problems: entry.problems.slice(0, MOST_PROBLEMS).map((each) => back(each)),
    })),
    problems: all.slice(0, MOST_PROBLEMS).map((each) => back(each)),
  };
}

/** Gives every entry a name and a key of its own. */
function named(entries: readonly Omit<RecognisedEntry, 'key'>[]): RecognisedEntry[] {
  const taken = new Set<string>();
  return entries.map((entry) => {
    let key = entry.name;
    for (let number = 2; taken.has(key); number += 1) key = `${entry.name.slice(0, 100)}-${number}`;
    taken.add(key);
    if (key === entry.name) return { ...entry, key };
    const doubled = problem('duplicate_name', entry.offset, { name: entry.name, renamed: key });
    return {
      ...entry,
      key,
      name: key,
      draft: entry.draft && { ...entry.draft, name: key },
      problems: [doubled, ...entry.problems],
    };
  });
}

/** Each line by itself; a backslash at the end of a line continues it. */
function readLines(text: string): Sightings {
  const entries: Sighting[] = [];
  const problems: Problem[] = [];
  for (const line of text.matchAll(/(?:[^\n]*[\\^]\r?\n)*[^\n]*/g)) {
    const indent = /^\s*/.exec(line[0])?.[0].length ?? 0;
    const body = line[0].slice(indent).trimEnd();
    if (body === '' || /^(#|\/\/)/.test(body)) continue;
    const entry = parseCommandLine(body, line.index + indent);
    if (entry.name || entry.command || entry.url) entries.push(entry);
    else problems.push(...entry.problems);
  }
  if (entries.length === 0 && problems.length === 0) problems.push(problem('nothing_found', 0));
  return { found: entries, problems };
}
