import type { ForeignObject } from '../../services/index.js';

/** A tool of our own, as `tools/list` shows it. */
export interface OwnTool {
  readonly name: SearchToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ForeignObject;
  readonly annotations: ForeignObject;
}

export type SearchToolName = 'search_tools' | 'describe_tool' | 'call_tool';

/** Results that a search gives unless it asks for another number, and at most. */
export const DEFAULT_RESULTS = 8;
export const MOST_RESULTS = 20;
/** Longest query, characters. */
export const LONGEST_QUERY = 400;

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const NAME = { type: 'string', description: 'Exact name of the tool, as search_tools gave it.' };

/** What clients see of a profile in search mode. English, because it is written to models. */
export const SEARCH_TOOLS: readonly OwnTool[] = [
  {
    name: 'search_tools',
    title: 'Search tools',
    description:
      'Finds tools by what they do, in any language. Returns names with one line each, best match first. Start here, then describe_tool for the parameters, then call_tool.',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', maxLength: LONGEST_QUERY, description: 'What the tool should do, in a few words.' },
        limit: { type: 'integer', minimum: 1, maximum: MOST_RESULTS, default: DEFAULT_RESULTS },
      },
      required: ['query'],
      additionalProperties: false,
    },
    annotations: READ_ONLY,
  },
  {
    name: 'describe_tool',
    title: 'Describe a tool',
    description: 'Returns the full description and the JSON Schema of the parameters of one tool.',
    inputSchema: { type: 'object', properties: { name: NAME }, required: ['name'], additionalProperties: false },
    annotations: READ_ONLY,
  },
  {
    name: 'call_tool',
    title: 'Call a tool',
    description: 'Calls one tool with arguments that fit its schema, and returns its result unchanged.',
    inputSchema: {
      type: 'object',
      properties: {
        name: NAME,
        arguments: { type: 'object', description: 'Arguments of the tool.', additionalProperties: true },
      },
      required: ['name'],
      additionalProperties: false,
    },
    annotations: { destructiveHint: true, openWorldHint: true },
  },
];

export const SEARCH_TOOL_NAMES: readonly string[] = SEARCH_TOOLS.map(({ name }) => name);
