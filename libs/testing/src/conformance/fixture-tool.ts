import type { CallToolResult, InputRequiredResult, ServerContext, Tool } from '@modelcontextprotocol/server';

export type Arguments = Record<string, unknown>;

/** A tool under the exact name that the conformance suite calls; `run` answers as the suite describes it. */
export interface FixtureTool {
  description: string;
  inputSchema?: Tool['inputSchema'];
  /** Said in the list of the legacy era only, whose callers have to ask for a task. */
  taskSupport?: 'optional' | 'required';
  run(args: Arguments, context: ServerContext): FixtureAnswer | Promise<FixtureAnswer>;
}

export type FixtureTools = Record<string, FixtureTool>;
export type FixtureAnswer = CallToolResult | InputRequiredResult;

export const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });

/** @param required names of the properties that must be given; none unless said */
export const object = (
  properties: NonNullable<Tool['inputSchema']['properties']>,
  required: string[] = [],
): Tool['inputSchema'] => ({ type: 'object', properties, ...(required.length > 0 && { required }) });

/** How `tools/list` shows `tools`, in the order they are written. */
export const listed = (tools: FixtureTools): Tool[] =>
  Object.entries(tools).map(([name, { description, inputSchema, taskSupport }]) => ({
    name,
    description,
    inputSchema: inputSchema ?? object({}),
    ...(taskSupport && { execution: { taskSupport } }),
  }));
