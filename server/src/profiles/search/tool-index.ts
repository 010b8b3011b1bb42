import MiniSearch from 'minisearch';
import type { ProfileTool } from '../contents/profile-tools.js';
import { tokenise } from './tokenise.js';

interface Entry {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: string;
}

/** What a match in each field counts, against a match in a description. */
const BOOST = { name: 4, title: 3, description: 1, parameters: 0.7 };
/** Latin words match a beginning, or a spelling that is a little off; Chinese ones are too short for either. */
const isLatin = (term: string): boolean => /^[\p{Script=Latin}\p{N}]+$/u.test(term);
const SHORTEST_PREFIX = 3;
const SHORTEST_FUZZY = 5;
/** Words of a query that are looked for: each costs time, and a question has no more that matter. */
const MOST_WORDS = 16;

/** Finds tools by words, best match first. Made once for a list that does not change. */
export class ToolIndex {
  private readonly index: MiniSearch<Entry>;

  constructor(private readonly tools: readonly ProfileTool[]) {
    this.index = new MiniSearch<Entry>({
      fields: ['name', 'title', 'description', 'parameters'],
      tokenize: tokenise,
      processTerm: (term) => term,
      searchOptions: {
        tokenize: (query) => [...new Set(tokenise(query))].slice(0, MOST_WORDS),
        boost: BOOST,
        prefix: (term) => isLatin(term) && term.length >= SHORTEST_PREFIX,
        fuzzy: (term) => (isLatin(term) && term.length >= SHORTEST_FUZZY ? 0.2 : false),
        weights: { prefix: 0.5, fuzzy: 0.3 },
      },
    });
    this.index.addAll(tools.map(entryOf));
  }

  /** At most `limit`; equally good ones in the order of their names. */
  search(query: string, limit: number): readonly ProfileTool[] {
    return this.index
      .search(query)
      .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
      .slice(0, limit)
      .flatMap(({ id }) => this.tools[Number(id)] ?? []);
  }
}

function entryOf({ name, tool: { definition }, description }: ProfileTool, id: number): Entry {
  const { properties } = definition.inputSchema as { properties?: unknown };
  const isObject = typeof properties === 'object' && properties !== null;
  return {
    id,
    // Under an alias a tool is still found by the name that the service gave it.
    name: `${name} ${definition.name}`,
    title: definition.title ?? '',
    description: [description, definition.description].filter(Boolean).join('\n'),
    parameters: isObject ? Object.keys(properties).join(' ') : '',
  };
}
