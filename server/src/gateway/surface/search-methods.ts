import { Injectable } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { DEFAULT_RESULTS, LONGEST_QUERY, MOST_RESULTS, ToolSearch } from '../../profiles/index.js';
import { say } from '../../services/index.js';
import { isForModels } from '../../tools/index.js';
import type { McpCaller } from '../caller.js';
import type { OfferedTool } from '../catalogue/catalogue.js';
import { shownTool } from './shown-tool.js';

interface Params {
  readonly name: string;
  readonly arguments?: Record<string, unknown>;
}

const LONGEST_LINE = 160;

/**
 * Whether the caller comes to the tools of this endpoint by searching. Where they may use none, the endpoint looks like one
 * that does not exist, and that has no tools to search with either.
 */
export const isSearched = ({ catalogue, principal }: McpCaller): boolean =>
  catalogue.mode === 'search' && catalogue.tools(principal).length > 0;

/** The call that `call_tool` asks for, which then goes the way of every call; any other call as it is. Pure. */
export function callMeant<P extends Params>(params: P): P {
  if (params.name !== 'call_tool') return params;
  const { name, arguments: args = {} } = params.arguments ?? {};
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw invalid('arguments', say('must be an object', '类型应为对象'));
  }
  return { ...params, name: textOf('name', name), arguments: args };
}

/** `search_tools` and `describe_tool`: they show what the caller may use, and nothing else. */
@Injectable()
export class SearchMethods {
  constructor(private readonly search: ToolSearch) {}

  /**
   * @returns undefined where another tool is called
   * @throws {AppError} `arguments_invalid`; `tool_not_found` for what does not exist and for what is not the caller's alike
   */
  answer({ name, arguments: args = {} }: Params, caller: McpCaller): CallToolResult | undefined {
    if (name === 'search_tools') return asJson({ tools: this.found(args, caller) });
    if (name === 'describe_tool') return asJson(described(textOf('name', args['name']), caller));
    return undefined;
  }

  private found({ query, limit = DEFAULT_RESULTS }: Record<string, unknown>, { catalogue, principal }: McpCaller) {
    if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > MOST_RESULTS) {
      throw invalid('limit', say(`must be a number from 1 to ${MOST_RESULTS}`, `应为 1 到 ${MOST_RESULTS} 之间的整数`));
    }
    const words = textOf('query', query);
    // What only apps may call is left out afterwards: the list of all is the one that is remembered.
    return this.search
      .search(catalogue.tools(principal), words, MOST_RESULTS * 2)
      .filter(({ tool }) => isForModels(tool.definition))
      .slice(0, Number(limit))
      .map(brief);
  }
}

/** One line each: what it says of itself, cut short and without line breaks. */
function brief({ name, tool: { definition }, description }: OfferedTool) {
  const line = (description ?? definition.description ?? '').replace(/[\s\p{C}]+/gu, ' ').trim();
  const short = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1).toWellFormed()}…` : line;
  return { name, ...(definition.title !== undefined && { title: definition.title }), description: short };
}

function described(name: string, { catalogue, principal }: McpCaller) {
  const offered = catalogue.tools(principal).find((each) => each.name === name);
  if (!offered || !isForModels(offered.tool.definition)) {
    throw new AppError('tool_not_found', { details: { tool: name } });
  }
  const { title, description, inputSchema, outputSchema, annotations } = shownTool(offered, undefined);
  return { name, title, description, inputSchema, outputSchema, annotations };
}

/** Words of services stay inside of JSON: data that a model reads, not a part of our own sentence. */
const asJson = (value: object): CallToolResult => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });

function textOf(path: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(path, say('is required', '为必填项'));
  if (value.length > LONGEST_QUERY) {
    throw invalid(path, say(`takes at most ${LONGEST_QUERY} characters`, `最多 ${LONGEST_QUERY} 个字符`));
  }
  return value;
}

const invalid = (path: string, message: string): AppError =>
  new AppError('arguments_invalid', { fields: [{ path: `arguments.${path}`, message }] });
