import type { Node } from 'jsonc-parser';
import { parseCommandLine } from './command-line.js';
import { looksLikeEntry, property, readEntry } from './json-entry.js';
import { parseJson } from './json-text.js';
import { problem, type Problem } from './problems.js';
import { movedTo, type Sighting } from './sighting.js';

export interface Sightings {
  readonly found: readonly Sighting[];
  /** Of the text as a whole. */
  readonly problems: readonly Problem[];
}

/** Where clients keep their services: Claude, Cursor, Windsurf · VS Code · Zed · VS Code's settings · others. */
const CONTAINERS = [['mcpServers'], ['servers'], ['context_servers'], ['mcp', 'servers'], ['mcp_servers'], ['mcp']];

/** Finds the services in JSON, whichever client it was made for. */
export function readJson(text: string): Sightings {
  const { root, problems } = parseJson(text);
  const found = root ? entriesOf(root) : [];
  if (found.length === 0 && problems.length === 0)
    return { found, problems: [problem('nothing_found', root?.offset ?? 0)] };
  return { found: found.map((entry) => withSyntaxProblems(entry, problems)), problems: outside(found, problems) };
}

function entriesOf(root: Node): Sighting[] {
  for (const path of CONTAINERS) {
    const container = path.reduce<Node | undefined>((node, name) => node && property(node, name), root);
    if (container && (container.type === 'array' || container.type === 'object')) return membersOf(container);
  }
  if (looksLikeEntry(root)) return [readEntry(root, undefined)];
  if (root.type === 'array') return membersOf(root);
  if (root.type === 'string') return lineEntries(root);
  if (root.type !== 'object') return [];
  const members = (root.children ?? []).filter((each) => each.children?.[1] && looksLikeEntry(each.children[1]));
  return members.length > 0 ? membersOf(root) : [];
}

/** The services of a map or a list; what is no service becomes an entry that says so. */
function membersOf(container: Node): Sighting[] {
  if (container.type === 'array') {
    return (container.children ?? []).flatMap((each) =>
      each.type === 'string' ? lineEntries(each) : entryAt(each, undefined),
    );
  }
  return (container.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (!key) return [];
    const name = String(key.value);
    if (!value) return [empty(name, key, [])];
    return entryAt(value, name, key);
  });
}

function entryAt(node: Node, name: string | undefined, key: Node = node): Sighting {
  if (node.type !== 'object') return empty(name ?? '', key, [problem('not_an_object', node.offset)]);
  return { ...readEntry(node, name), offset: key.offset };
}

/** A URL or a command line where an object was expected. Quotes and escapes lie between: its beginning is its place. */
const lineEntries = (node: Node): Sighting[] => [
  { ...movedTo(node.offset, parseCommandLine(String(node.value), 0)), end: node.offset + node.length },
];

const empty = (name: string, key: Node, problems: readonly Problem[]): Sighting => ({
  name,
  offset: key.offset,
  end: key.offset + key.length,
  args: [],
  env: [],
  headers: [],
  problems,
});

const isInside = ({ offset, end }: Sighting, each: Problem): boolean => each.offset >= offset && each.offset < end;

const withSyntaxProblems = (entry: Sighting, problems: readonly Problem[]): Sighting => ({
  ...entry,
  problems: [...problems.filter((each) => isInside(entry, each)), ...entry.problems],
});

const outside = (entries: readonly Sighting[], problems: readonly Problem[]): Problem[] =>
  problems.filter((each) => !entries.some((entry) => isInside(entry, each)));
