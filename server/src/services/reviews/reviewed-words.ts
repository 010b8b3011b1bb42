import type { ToolDefinition } from '../capabilities/capabilities.js';

/** What of a tool people and models read: what a review is about. `_meta` and how it is run are not. */
export type ReviewedTool = Pick<
  ToolDefinition,
  'name' | 'title' | 'description' | 'inputSchema' | 'outputSchema' | 'annotations' | 'icons'
>;

/** One text of a tool. */
export interface ReviewedWord {
  /** Where it stands, keys joined by dots: `description`, `inputSchema.properties.path.description`. */
  readonly path: string;
  readonly text: string;
}

/** Keys with spaces in them are sentences; they are looked at as words too. */
const SENTENCE = /\s/;

/** The same part of every definition, in one order: two that are equal here are the same tool to whoever reads it. Pure. */
export const reviewedPartOf = (tool: ToolDefinition): ReviewedTool => ({
  name: tool.name,
  ...(tool.title !== undefined && { title: tool.title }),
  ...(tool.description !== undefined && { description: tool.description }),
  inputSchema: tool.inputSchema,
  ...(tool.outputSchema && { outputSchema: tool.outputSchema }),
  ...(tool.annotations && { annotations: tool.annotations }),
  ...(tool.icons && { icons: tool.icons }),
});

/** Every value of a tool as text, at any depth; its name is left out, because it is what the tool is found by. Pure. */
export function wordsOf(tool: ReviewedTool): ReviewedWord[] {
  const { name: _, ...rest } = tool;
  const words: ReviewedWord[] = [];
  collect(rest, '', words);
  return words;
}

function collect(value: unknown, path: string, words: ReviewedWord[]): void {
  if (typeof value !== 'object' || value === null) {
    words.push({ path, text: typeof value === 'string' ? value : JSON.stringify(value) });
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0 && path !== '') words.push({ path, text: Array.isArray(value) ? '[]' : '{}' });
  for (const [key, each] of entries) {
    const below = path === '' ? key : `${path}.${key}`;
    if (SENTENCE.test(key)) words.push({ path: `${path}{${key}}`, text: key });
    collect(each, below, words);
  }
}
